-- +goose Up

-- owner: business/aftercare. What is announced is what is under way or was decided lately; the years before are not looked at.
drop index proceeding_public;
create index proceeding_announced on proceeding (id) where public = 1 and status in ('proposed', 'notified', 'noticed');
create index proceeding_announced_until on proceeding (decided_at, id) where public = 1;
