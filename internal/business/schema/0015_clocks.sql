-- +goose Up

-- owner: business/casework

-- The version of the calendar by which a case's days were computed, and the day
-- on which its clock is looked at next; '' for never.
alter table cases add column calendar integer not null default 1;
alter table cases add column alarm_on text not null default '';
-- What was already noticed of the clock, a sum of casework.Mark.
alter table cases add column marks integer not null default 0;
create index cases_calendar on cases (calendar, id) where concluded_at = '';
create index cases_alarm on cases (alarm_on, id) where alarm_on <> '';

-- How many working days the applicant was given; 0 in notices of earlier versions.
alter table supplement_notice add column days integer not null default 0;

-- A second notice, about what came with the answer to the first alone: the key allows no third.
create table supplement_further (
  case_id     text primary key,
  notified_at text not null,
  until_day   text not null,
  days        integer not null,
  items       text not null,          -- JSON
  new_fact    text not null,          -- what the applicant brought that was not there before
  by_id       text not null,
  by_name     text not null,
  answered_at text not null default ''
);

-- 日历变更后的重新计算: one row a version of the calendar.
create table reprojection (
  calendar    integer primary key,
  total       bigint not null,        -- open cases when it began
  started_at  text not null,
  finished_at text not null default ''
);

-- The days of a case before and after a new calendar.
create table clock_move (
  calendar integer not null,
  case_id  text not null,
  moves    text not null,             -- JSON, list of casework.Move
  at       text not null,
  told     integer not null default 0, -- 1: the applicant and the officers were told
  primary key (calendar, case_id)
);
create index clock_move_untold on clock_move (calendar, case_id) where told = 0;
create index clock_move_case on clock_move (case_id, calendar);

-- 延长办理期限的申请: asked for by the handler, approved by who the law names.
create table extension_request (
  id           text primary key,
  case_id      text not null,
  days         integer not null,
  reasons      text not null,
  asked_by     text not null,
  asked_name   text not null,
  asked_at     text not null,
  status       text not null,         -- open approved declined
  decided_by   text not null default '',
  decided_name text not null default '',
  decided_at   text not null default '',
  approver     text not null default '', -- the office that approved
  answer       text not null default ''
);
create unique index extension_open on extension_request (case_id) where status = 'open';
create index extension_case on extension_request (case_id, asked_at);

-- Why a promised limit was not kept, for the public (优化营商环境条例第三十六条).
create table late_reason (
  case_id text primary key,
  reason  text not null,
  due     text not null,              -- the promised day that passed
  by_id   text not null,
  by_name text not null,
  at      text not null
);

-- owner: business/supervision. 责任追究线索: one row is one fault that was noticed, and what became of it.
create table fault_record (
  id            text primary key,
  number        text not null unique,
  kind          text not null,        -- supervision.Kind
  colour        text not null,        -- yellow red
  status        text not null,        -- supervision.Status
  version       integer not null,
  law           text not null,
  what          text not null,        -- what was noticed, in words
  ref           text not null,        -- tells two faults of a kind in one case apart
  case_id       text not null,
  case_number   text not null,
  item_name     text not null,
  step          text not null,
  person_id     text not null,        -- who had it in hand, '' when nobody had
  person_name   text not null,
  raised_at     text not null,
  reply_by      text not null,        -- YYYY-MM-DD
  reply         text not null default '',
  replied_by    text not null default '',
  replied_at    text not null default '',
  verdict       text not null default '', -- upheld dismissed
  finding       text not null default '',
  measure       text not null default '',
  found_by      text not null default '',
  found_at      text not null default '',
  document_id   text not null default '',
  remedy        text not null default '',
  closed_by     text not null default '',
  closed_at     text not null default '',
  body_id       text not null,
  intake_id     text not null,
  applicant_id  text not null,
  agent_id      text not null
);
create unique index fault_once on fault_record (case_id, kind, ref);
create index fault_newest on fault_record (raised_at, id);
create index fault_status on fault_record (status, raised_at, id);
create index fault_body on fault_record (body_id, raised_at, id);
