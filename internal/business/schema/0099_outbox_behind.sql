-- +goose Up

-- owner: kit/event. Events whose quick reactions are done; what costs much about them is still to come.
create table outbox_behind (
  id          text primary key,
  at          text not null,
  topic       text not null,
  subject_id  text not null,
  payload     text not null,
  taken_until text not null default '' -- as in outbox
);
