-- +goose Up

-- owner: kit/audit. Who did what to what, before and after. Append-only.
create table audit (
  id           text primary key,
  at           text not null,
  actor_id     text not null,
  actor_name   text not null,
  act          text not null,
  subject_kind text not null,
  subject_id   text not null,
  before       text not null,
  after        text not null,
  request_id   text not null
);
create index audit_subject on audit (subject_kind, subject_id, id);
create index audit_actor on audit (actor_id, id);

-- only: sqlite
-- +goose StatementBegin
create trigger audit_no_update before update on audit begin select raise(abort, 'audit is append-only'); end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger audit_no_delete before delete on audit begin select raise(abort, 'audit is append-only'); end;
-- +goose StatementEnd
-- end
-- only: postgres
-- +goose StatementBegin
create function audit_is_append_only() returns trigger language plpgsql as $$ begin raise exception 'audit is append-only'; end $$;
-- +goose StatementEnd
create trigger audit_no_change before update or delete or truncate on audit for each statement execute function audit_is_append_only();
-- end

-- owner: kit/event. What happened and has not been passed on yet (outbox).
create table outbox (
  id          text primary key,
  at          text not null,
  topic       text not null,
  subject_id  text not null,
  payload     text not null,
  taken_until text not null default '' -- a process is at it until then, unless it dies
);

-- owner: business/staff. Signed-in sessions, for restart and for several processes.
create table session (
  token_hash text primary key,
  account_id text not null,
  data       text not null,
  expires_at text not null
);
create index session_account on session (account_id);
create index session_expiry on session (expires_at);

-- owner: kit/once. The answer to a request that carried an idempotency key.
create table once (
  actor_id text not null,
  key      text not null,
  digest   text not null,
  status   integer not null,
  answer   text not null,
  at       text not null,
  primary key (actor_id, key)
);
create index once_at on once (at);

-- owner: kit/notify. Messages to people, in the portal and through gateways.
create table message (
  id           text primary key,
  at           text not null,
  recipient_id text not null,
  subject_id   text not null,
  title        text not null,
  body         text not null,
  link         text not null,
  read_at      text not null default ''
);
create index message_recipient on message (recipient_id, at, id);
create index message_unread on message (recipient_id) where read_at = '';
create table message_delivery (
  message_id text not null,
  channel    text not null,
  address    text not null,
  status     text not null,
  detail     text not null,
  at         text not null,
  primary key (message_id, channel)
);
create index message_delivery_status on message_delivery (status, at, message_id);

-- owner: kit/notify. What a gateway said of each part of a message; either the
-- sending or the report may write the row first.
create table message_receipt (
  channel    text not null,
  reference  text not null,
  message_id text not null,
  status     text not null,
  detail     text not null default '',
  at         text not null,
  primary key (channel, reference)
);
create index message_receipt_message on message_receipt (message_id, channel);
create index message_receipt_at on message_receipt (at);

-- owner: kit/jobs. The latest instant for which each periodic work was taken.
create table job_slot (
  name text primary key,
  slot text not null
);
