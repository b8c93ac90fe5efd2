-- +goose Up

-- owner: business/interest. Interested parties who are known: found by name, or joined to an account with number and
-- check code. '' while nobody is known behind the name.
alter table interested_party add column party_id text not null default '';
create index interested_party_party on interested_party (party_id, id) where party_id <> '';
create unique index interested_party_once on interested_party (case_id, party_id) where party_id <> '';

-- owner: business/party. Who is asked for by name.
create index party_name on party (name);
