-- +goose Up

-- owner: business/procedure. 特别程序 and 现场核查: one row is one procedure of one case.
create table procedure (
  id             text primary key,
  case_id        text not null,
  version        integer not null,
  kind           text not null,
  state          text not null,                 -- open, signing, ready, done, cancelled
  round          integer not null,              -- which of its kind in the case
  name           text not null,
  law            text not null,
  days           integer not null,              -- working days of the notice; 0: the clock runs on
  from_day       text not null,
  by_day         text not null,
  to_day         text not null,                 -- empty until it ended
  at             text not null,                 -- when the visit or the meeting is; empty when not set
  place          text not null,
  organiser      text not null,
  late           integer not null,
  detail         text not null,                 -- JSON
  number         text not null,                 -- of the case, for lists
  item_name      text not null,
  applicant_name text not null,
  body_id        text not null,
  intake_id      text not null,
  applicant_id   text not null,
  agent_id       text not null,
  start_by       text not null,
  start_at       text not null,
  end_at         text not null,
  unique (case_id, kind, round)
);
create index procedure_body on procedure (body_id, at, id) where kind = 'site_visit';
create index procedure_visits on procedure (at, id) where kind = 'site_visit';

-- owner: business/procedure. Who goes; each signs the record with their own account.
create table procedure_officer (
  procedure_id text not null references procedure (id),
  account_id   text not null,
  name         text not null,
  number       text not null,                   -- of the certificate that they show
  body_id      text not null,
  at           text not null,                   -- of the procedure, for the officer's own list
  signed_at    text not null,                   -- empty until signed
  primary key (procedure_id, account_id),
  unique (procedure_id, number)
);
create index procedure_officer_own on procedure_officer (account_id, at, procedure_id);

-- owner: business/procedure. Photographs, reports, signed records.
create table procedure_file (
  id           text primary key,
  procedure_id text not null references procedure (id),
  name         text not null,
  type         text not null,
  size         bigint not null,
  sm3          text not null,
  blob_key     text not null,
  caption      text not null,
  by_id        text not null,
  at           text not null
);
create index procedure_file_of on procedure_file (procedure_id, id);

-- owner: business/casework. 数量限制: how many there may be of a matter and how many are granted.
create table quota (
  code    text primary key,                     -- 实施编码
  version integer not null,
  name    text not null,
  body_id text not null,
  total   integer not null,
  used    integer not null,
  law     text not null,
  note    text not null,                        -- where the figure comes from
  by_id   text not null,
  by_name text not null,
  at      text not null,
  check (used >= 0 and total >= 0)
);

-- owner: business/casework. Cases under way by matter, in the order of acceptance (行政许可法第五十七条).
create index cases_order on cases (implementation_id, accepted_at, number) where status = 'handling';
