-- +goose Up

-- owner: business/delegation. Until when, by which instrument, and the draft of the catalogue that a transfer made.
alter table delegation add column until_day text not null default '';    -- the last day; empty: until it is ended
alter table delegation add column instrument text not null default '';   -- 委托书、决定的文号
alter table delegation add column draft_id text not null default '';
