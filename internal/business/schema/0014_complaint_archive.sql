-- +goose Up

-- owner: business/archive. The archive package of a concluded case (归档信息包): made once for what concluded it and
-- once more for each thing that happened afterwards; what was made never changes.
create table archive_package (
  id           text primary key,
  event_id     text not null unique,            -- for what it was made
  case_id      text not null,
  n            integer not null,                -- 1, 2, … within one case
  number       text not null,                   -- of the case
  item_name    text not null,
  files        integer not null,
  size         bigint not null,
  sm3          text not null,                   -- of the package, hex
  manifest_sm3 text not null,
  blob_key     text not null,                   -- sealed
  made_at      text not null,
  body_id      text not null,
  intake_id    text not null,
  applicant_id text not null,
  agent_id     text not null,
  unique (case_id, n)
);
create index archive_package_body on archive_package (body_id, id);
create index archive_package_intake on archive_package (intake_id, id);

-- owner: business/complaint. A complaint about a case, with its own clock. What was written and answered is sealed.
create table complaint (
  id            text primary key,
  version       integer not null,
  number        text not null unique,
  kind          text not null,                  -- code of what it is about
  status        text not null,                  -- filed accepted declined answered closed
  case_id       text not null,
  case_number   text not null,
  item_name     text not null,
  filed_by      text not null,                  -- account; empty for one who came with number and check code
  filer_name    text not null,
  text_sealed   text not null,
  filed_at      text not null,
  accept_due    text not null,
  answer_due    text not null,                  -- empty until accepted
  accepted_at   text not null,
  answered_at   text not null,
  answer_sealed text not null,
  upheld        text not null,                  -- yes no, empty until answered
  escalated_at  text not null,
  escalated_why text not null,                  -- late_acceptance late_answer unsatisfied
  handler_id    text not null,
  handler_name  text not null,
  body_id       text not null,
  intake_id     text not null,
  applicant_id  text not null,
  agent_id      text not null
);
create index complaint_intake on complaint (intake_id, id);
create index complaint_body on complaint (body_id, id);
create index complaint_applicant on complaint (applicant_id, id);
create index complaint_case on complaint (case_id, id);
create index complaint_open on complaint (id) where status in ('filed', 'accepted');

-- owner: business/complaint. A review or a suit against the decision of a case (复议、诉讼), as the body records it.
create table appeal (
  id           text primary key,
  version      integer not null,
  kind         text not null,                   -- review suit
  status       text not null,                   -- pending ended
  case_id      text not null,
  case_number  text not null,
  item_name    text not null,
  organ        text not null,                   -- the reviewing body or the court
  reference    text not null,                   -- its own number
  filed_on     text not null,
  result       text not null,                   -- upheld annulled changed ordered withdrawn other
  result_on    text not null,
  note         text not null,
  redo_id      text not null,                   -- the case in which it is decided anew
  recorded_by  text not null,
  recorded_at  text not null,
  body_id      text not null,
  intake_id    text not null,
  applicant_id text not null,
  agent_id     text not null
);
create unique index appeal_open on appeal (case_id, kind) where status = 'pending';
create index appeal_body on appeal (body_id, id);
create index appeal_case on appeal (case_id, id);
