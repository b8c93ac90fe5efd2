-- +goose Up

-- owner: business/casework. Officers who keep out of a case (回避); the case's course says the same, this takes its
-- lines off their work lists.
create table recusal (
  case_id    text not null,
  account_id text not null,
  ground     text not null,
  at         text not null,
  primary key (account_id, case_id)
);

-- owner: business/casework. Acts that a rule refused, by case and day, without who tried.
create table case_refusal (
  case_id    text not null,
  day        text not null,    -- YYYY-MM-DD
  kind       text not null,    -- applicant officer system
  org_id     text not null,    -- whose officers
  permission text not null,
  code       text not null,    -- of the fault
  law        text not null,
  args       text not null,    -- JSON, for the message; no personal data
  at         text not null,    -- the last time
  times      integer not null,
  primary key (case_id, day, kind, org_id, permission, code)
);

-- owner: business/interest. 利害关系人, and the applicant where heard beside them (行政许可法第三十六条).
create table interested_party (
  id          text primary key,
  version     integer not null,
  case_id     text not null,
  number      text not null unique,  -- printed on the letter, with the check code
  role        text not null,         -- interested applicant
  name        text not null,
  company     integer not null,
  status      text not null,         -- told stated silent answered
  until_day   text not null,         -- last day for the statement
  data_sealed text not null,         -- JSON: contact, interest, statement, answer; SM4-GCM
  document_id text not null,         -- the letter
  created_at  text not null
);
create index interested_party_case on interested_party (case_id, id);
create index interested_party_until on interested_party (until_day, id) where status = 'told';

-- owner: business/hearing. 听证.
create table hearing (
  id             text primary key,
  version        integer not null,
  case_id        text not null,
  kind           text not null,      -- request motion
  status         text not null,      -- offered asked noticed recorded closed ended
  until_day      text not null,      -- last day for asking
  held_at        text not null,      -- when it is or was held, '' while not fixed
  announced      integer not null,   -- 1: announced to the public
  data           text not null,      -- JSON hearing.Data
  item_name      text not null,
  applicant_name text not null,
  body_id        text not null,
  intake_id      text not null,
  applicant_id   text not null,
  agent_id       text not null,
  created_at     text not null
);
create unique index hearing_open on hearing (case_id) where status in ('offered', 'asked', 'noticed', 'recorded');
create index hearing_case on hearing (case_id, id);
create index hearing_lapse on hearing (until_day, id) where status = 'offered';
create index hearing_public on hearing (held_at, id) where announced = 1;

-- owner: business/disclosure. 准予决定的公开 (行政许可法第四十条): one line of the public list.
create table decision_notice (
  id            text primary key,
  version       integer not null,
  case_id       text not null unique,
  case_number   text not null,
  number        text not null,       -- 文号 of the decision
  item_name     text not null,
  item_code     text not null,
  body_name     text not null,
  subject       text not null,       -- as it is shown: persons masked
  decided_on    text not null,
  month         text not null,       -- YYYY-MM of the decision
  valid_from    text not null,
  valid_to      text not null,       -- '' where none is laid down
  standing      text not null,       -- what became of it since: '' valid, otherwise licence status
  status        text not null,       -- waiting objected published withheld
  object_until  text not null,       -- last day for the applicant's objection
  due           text not null,       -- last day for publishing
  published_at  text not null,
  withheld      text not null,       -- JSON list of what is not shown
  data          text not null,       -- JSON: ground, objection, answer
  body_id       text not null,
  intake_id     text not null,
  applicant_id  text not null,
  agent_id      text not null
);
create index decision_notice_list on decision_notice (decided_on, id) where status = 'published';
create index decision_notice_body on decision_notice (body_id, decided_on, id) where status = 'published';
create index decision_notice_month on decision_notice (month, decided_on, id) where status = 'published';
create index decision_notice_waiting on decision_notice (due, id) where status in ('waiting', 'objected');
