-- +goose Up

-- owner: business/licence. What happens to a licence after it was issued: which version of it this is, which it
-- replaced, since when silence renewed it, which reminders went out, when it was deregistered.
alter table licence add column version integer not null default 1;
alter table licence add column prior_id text not null default '';
alter table licence add column item_code text not null default '';      -- implementation code of the matter
alter table licence add column continued_on text not null default '';   -- 视为准予延续: the day
alter table licence add column deregistered_on text not null default '';
alter table licence add column reminded integer not null default 0;     -- how many reminders of renewal went out
create index licence_ending on licence (valid_to, id) where status = 'valid';
create index licence_prior on licence (prior_id) where prior_id <> '';

-- owner: business/aftercare. One procedure on a licence: 撤销 rescind, 撤回 recall, 注销 deregister, 吊销 revoke.
-- What the holder says in defence is sealed.
create table proceeding (
  id               text primary key,
  version          integer not null,
  kind             text not null,               -- rescind recall deregister revoke
  status           text not null,               -- proposed notified done dropped
  licence_id       text not null,
  case_id          text not null,               -- that granted the licence
  item_name        text not null,
  licence_name     text not null,
  licence_number   text not null,
  holder_name      text not null,
  ground           text not null,               -- code
  requested        integer not null,            -- the holder asked for it
  reasons          text not null,               -- JSON list
  basis            text not null,               -- JSON list
  penalty          text not null,               -- number of the penalty decision (吊销)
  penalty_day      text not null,
  until_day        text not null,               -- last day for statement and defence
  statement_sealed text not null,
  stated_at        text not null,
  outcome          text not null,               -- ended not_found public_interest
  answer           text not null,               -- to the statement, and why
  compensation     text not null,
  opened_by        text not null,
  opened_name      text not null,
  opened_at        text not null,
  decided_by       text not null,
  decided_name     text not null,
  decided_at       text not null,
  body_id          text not null,
  intake_id        text not null,
  applicant_id     text not null,
  agent_id         text not null
);
-- A licence is the subject of one open procedure at a time.
create unique index proceeding_open on proceeding (licence_id) where status in ('proposed', 'notified');
create index proceeding_body on proceeding (body_id, id);
create index proceeding_licence on proceeding (licence_id, id);

-- owner: business/aftercare. What the regulator was told (审管联动), and what came back. body_id is the
-- regulator's: the row is in its scope, and not in that of who decided.
create table push (
  id              text primary key,
  version         integer not null,
  event_id        text not null unique,         -- what happened, so that nothing is pushed twice
  reason          text not null,                -- granted issued rescinded retracted cancelled revoked continued
  case_id         text not null,
  licence_id      text not null,
  document_id     text not null,
  number          text not null,                -- of the case
  item_name       text not null,
  result_name     text not null,
  result_number   text not null,
  holder_name     text not null,
  commitment      integer not null,             -- granted on a commitment
  check_by        text not null,
  receiver        text not null,                -- the regulator's name
  sender_id       text not null,                -- who decided
  sender          text not null,
  at              text not null,
  acknowledged_at text not null,
  acknowledged_by text not null,
  result          text not null,                -- '' fine problem
  findings        text not null,
  reported_at     text not null,
  reported_by     text not null,
  body_id         text not null,
  intake_id       text not null,
  applicant_id    text not null,
  agent_id        text not null
);
create index push_inbox on push (body_id, id);
create index push_case on push (case_id, id);
create index push_licence on push (licence_id) where licence_id <> '';
create index push_sender on push (sender_id, id) where result = 'problem';

-- owner: business/casework. The licence that a case asks to change, renew or replace, as it stood on receipt.
create table case_held (
  case_id    text primary key,
  licence_id text not null,
  granted_by text not null,                     -- the case that granted it
  name       text not null,
  number     text not null,
  valid_from text not null,
  valid_to   text not null,                     -- empty: no end
  last_day   text not null                      -- for renewals: the last day for applying in time
);
create index case_held_ending on case_held (valid_to, case_id);

-- owner: business/casework. Who may not apply for a matter for a time (行政许可法第七十八条、第七十九条).
create table bar (
  id           text primary key,
  applicant_id text not null,
  item_code    text not null,
  case_id      text not null,                   -- in which the falsehood was found
  law          text not null,
  from_day     text not null,
  until_day    text not null,                   -- the last day of it
  at           text not null
);
create index bar_applicant on bar (applicant_id, item_code, until_day);

-- owner: business/casework. An attempt to serve a result that takes time: by post, by announcement.
create table service_attempt (
  id          text primary key,
  case_id     text not null,
  way         text not null,                    -- post announce
  status      text not null,                    -- under_way served returned
  carrier     text not null,
  tracking    text not null,
  place       text not null,                    -- where it was announced
  at          text not null,
  due_day     text not null,                    -- announcement: the day on which it counts as served
  ended_at    text not null,
  why         text not null                     -- of the announcement, or of the return
);
create unique index service_attempt_open on service_attempt (case_id) where status = 'under_way';
create index service_attempt_case on service_attempt (case_id, id);
create index service_attempt_due on service_attempt (due_day, case_id) where status = 'under_way' and way = 'announce';
