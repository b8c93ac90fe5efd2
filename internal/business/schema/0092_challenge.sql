-- +goose Up

-- owner: business/casework. 回避申请: that an officer keep out of a case, asked for by the applicant or an interested party
-- (公务员法第七十七条), and what the head of the body answered.
create table challenge (
  id           text primary key,
  version      integer not null,
  case_id      text not null,
  person_id    text not null,     -- 'applicant', or the id of the interested party
  account_id   text not null,     -- the officer
  officer_name text not null,
  status       text not null,     -- open granted refused
  data_sealed  text not null,     -- JSON: who asked, why, the answer; SM4-GCM
  asked_at     text not null,
  answer_by    text not null,     -- YYYY-MM-DD
  decided_at   text not null default '',
  decided_by   text not null default '',
  decided_name text not null default '',
  number       text not null,     -- of the case, and the rest of it, for lists
  item_name    text not null,
  body_id      text not null,
  intake_id    text not null,
  applicant_id text not null,
  agent_id     text not null
);
create unique index challenge_once on challenge (case_id, person_id, account_id) where status = 'open';
create index challenge_case on challenge (case_id, id);
create index challenge_open on challenge (answer_by, id) where status = 'open';
create index challenge_all on challenge (asked_at, id);
