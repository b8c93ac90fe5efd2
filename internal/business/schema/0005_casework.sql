-- +goose Up

-- owner: business/casework

-- An application being prepared, online or at a window. values_sealed is SM4-GCM.
create table draft (
  id                text primary key,
  version           integer not null,
  status            text not null,              -- open, submitted, discarded
  channel           text not null,              -- online, window, api
  account_id        text not null,              -- whose draft it is
  applicant_id      text not null,
  intake_id         text not null,              -- the hall, for a draft made at a window
  implementation_id text not null,
  variant           text not null,
  item_name         text not null,
  applicant_name    text not null,
  company           integer not null,
  values_sealed     text not null,
  paper             text not null,              -- JSON: material code → copies received on paper
  case_id           text not null default '',
  created_at        text not null,
  updated_at        text not null
);
create index draft_open on draft (account_id, updated_at, id) where status = 'open';

-- One application for one matter, from receipt to archive (办件). Kept narrow:
-- every step of a case rewrites this row.
create table cases (
  id                text primary key,
  number            text not null unique,
  version           integer not null,
  status            text not null,
  steps             text not null,              -- open step keys, joined by commas
  flow              text not null,              -- JSON flow.State
  channel           text not null,
  implementation_id text not null,
  variant           text not null,
  item_name         text not null,
  body_id           text not null,
  intake_id         text not null,
  applicant_id      text not null,
  agent_id          text not null,
  applicant_name    text not null,
  company           integer not null,           -- the applicant is an organisation
  received_at       text not null,
  complete_at       text not null,              -- all materials there
  accepted_at       text not null,
  deemed            integer not null,           -- accepted by silence (视为受理)
  decided_at        text not null,
  granted           integer not null,
  concluded_at      text not null,
  statutory_due     text not null,
  promised_due      text not null,
  provisional       integer not null
);
create index cases_applicant on cases (applicant_id, received_at, id);
create index cases_agent on cases (agent_id, received_at, id) where agent_id <> '';
create index cases_body on cases (body_id, received_at, id);
create index cases_intake on cases (intake_id, received_at, id);

-- What the applicant filled in; sealed, written only when it changes.
create table case_form (
  case_id       text primary key,
  values_sealed text not null
);

-- The open work of a case, one row per open step: the work lists. A closed
-- step leaves no row here, so a list costs what is open, not what ever was.
create table task (
  case_id        text not null,
  step           text not null,
  role           text not null,
  due            text not null,                 -- YYYY-MM-DD
  number         text not null,
  item_name      text not null,
  applicant_name text not null,
  channel        text not null,
  status         text not null,
  body_id        text not null,
  intake_id      text not null,
  applicant_id   text not null,
  agent_id       text not null,
  opened_at      text not null,
  primary key (case_id, step)
);
create index task_body on task (body_id, role, due, case_id);
create index task_intake on task (intake_id, role, due, case_id);
create index task_due on task (role, due, case_id);

-- What happened to a case, in order; never changed.
create table case_event (
  id         text primary key,
  case_id    text not null,
  at         text not null,
  kind       text not null,
  step       text not null,
  outcome    text not null,
  actor_id   text not null,
  actor_name text not null,
  org_id     text not null,
  note       text not null,                     -- opinion or reason, for officers and the file
  data       text not null                      -- JSON, by kind
);
create index case_event_case on case_event (case_id, id);

-- The materials of a case and how each stands.
create table case_material (
  case_id text not null,
  code    text not null,
  name    text not null,
  paper   integer not null,                     -- copies on paper
  reused  text not null,                        -- where it was held already
  primary key (case_id, code)
);

-- An uploaded file of a draft or a case.
create table file (
  id          text primary key,
  owner_id    text not null,                    -- draft id, then case id
  material    text not null,
  name        text not null,
  type        text not null,
  size        bigint not null,
  sm3         text not null,
  blob_key    text not null,
  uploaded_by text not null,
  uploaded_at text not null
);
create index file_owner on file (owner_id, material, id);

-- The one supplement notice of a case (行政许可法第三十二条): the key allows no second.
create table supplement_notice (
  case_id     text primary key,
  notified_at text not null,
  until_day   text not null,
  items       text not null,                    -- JSON
  answered_at text not null default ''
);

-- How an officer ticked a review point (审查要点); the last word per step counts.
create table tick (
  case_id  text not null,
  step     text not null,
  material text not null,
  point    integer not null,
  ok       integer not null,
  note     text not null,
  by_id    text not null,
  by_name  text not null,
  at       text not null,
  primary key (case_id, step, material, point)
);

-- Blocks of case numbers per body and day. A block lost in a crash leaves a gap
-- in case numbers, which no law forbids; documents are numbered without gaps.
create table case_number (
  body_id text not null,
  day     text not null,
  next    integer not null,
  primary key (body_id, day)
);
