-- +goose Up

-- owner: business/casework

-- What an application is for and how it is handled: new, change, renew or
-- replace; ordinary (empty), commitment or tolerance.
alter table draft add column purpose text not null default 'new';
alter table draft add column mode text not null default '';
alter table draft add column licence_id text not null default '';
alter table draft add column prior_id text not null default '';
alter table cases add column purpose text not null default 'new';
alter table cases add column mode text not null default '';
alter table cases add column licence_id text not null default '';
alter table cases add column prior_id text not null default '';

-- JSON casework.Course: pauses, extensions, holds and findings; empty in most.
alter table cases add column course text not null default '';
create index cases_licence on cases (licence_id, id) where licence_id <> '';
create index cases_prior on cases (prior_id, id) where prior_id <> '';
