-- +goose Up

-- owner: business/disclosure. What was decided, and since when the decision stands as it does.
alter table decision_notice add column outcome text not null default 'granted';   -- granted refused
alter table decision_notice add column standing_on text not null default '';
