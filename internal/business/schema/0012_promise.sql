-- +goose Up

-- owner: business/credit. Promises that were broken (失信记录), and their repair.
create table credit_record (
  id            text primary key,
  party_id      text not null,
  kind          text not null,                -- false_commitment, broken_tolerance
  case_id       text not null,
  number        text not null,                -- of the case
  item_name     text not null,
  body_id       text not null,
  facts         text not null,
  recorded_at   text not null,
  recorded_by   text not null,
  repaired_at   text not null default '',     -- '' while it bars
  repaired_by   text not null default '',
  repair_reason text not null default ''
);
create unique index credit_record_case on credit_record (case_id, kind);
create index credit_record_party on credit_record (party_id, id) where repaired_at = '';
create index credit_record_body on credit_record (body_id, id);

-- owner: business/casework. What an applicant promised in writing: 告知承诺, or to
-- hand in later (容缺). The text is what was shown; its digest is what was signed.
create table promise (
  owner_id    text primary key,               -- draft id, then case id
  mode        text not null,                  -- commitment, tolerance
  words       text not null,
  words_sm3   text not null,
  public      integer not null,
  way         text not null,                  -- online, paper
  signed_by   text not null,                  -- account
  signed_name text not null,
  signed_at   text not null,
  taken_back  text not null default ''        -- when the applicant took it back
);

-- owner: business/casework. What a case still owes (容缺后补), until when.
create table owing (
  case_id        text primary key,
  until_day      text not null,
  items          text not null,               -- JSON list of casework.Item
  law            text not null,
  ends_itself    integer not null,            -- 1: ended by the system when the time is over
  since          text not null,
  complete_at    text not null default '',    -- all of it was handed in
  number         text not null,
  item_name      text not null,
  applicant_name text not null,
  body_id        text not null,
  intake_id      text not null,
  applicant_id   text not null,
  agent_id       text not null
);
create index owing_open on owing (until_day, case_id) where complete_at = '';

-- owner: business/commitment. 事后核查: one per case granted on a commitment.
create table verification (
  case_id        text primary key,
  version        integer not null,
  status         text not null,               -- open, correcting, kept, corrected, false
  due            text not null,               -- YYYY-MM-DD: the check, or the correction
  number         text not null,
  item_name      text not null,
  item_code      text not null,
  applicant_id   text not null,
  applicant_name text not null,
  agent_id       text not null,
  intake_id      text not null default '',
  decider_id     text not null,               -- the body that granted
  decider_name   text not null,
  body_id        text not null,               -- who verifies
  verifier       text not null,               -- regulator, bureau, jointly
  verifier_name  text not null,
  correct_days   integer not null,
  decided_at     text not null,
  opened_at      text not null,
  closed_at      text not null default ''
);
create index verification_body on verification (body_id, due, case_id) where closed_at = '';
create index verification_decider on verification (decider_id, due, case_id) where closed_at = '';
create index verification_all on verification (due, case_id) where closed_at = '';

-- owner: business/commitment. What was found, each time; never changed.
create table verification_finding (
  id         text primary key,
  case_id    text not null,
  at         text not null,
  outcome    text not null,                   -- kept, correct, corrected, false
  found      text not null,
  officers   text not null,                   -- names of who went, one a line
  actor_id   text not null,
  actor_name text not null,
  until_day  text not null default ''         -- for putting it right
);
create index verification_finding_case on verification_finding (case_id, id);

-- owner: business/registration. 实名核验 of the persons that a registration names.
create table identity_check (
  case_id    text not null,
  person     text not null,                   -- the element that names them, and the line
  name       text not null,
  role       text not null,
  way        text not null,                   -- online, in_person, notarised
  receipt    text not null,
  simulated  integer not null,
  by_id      text not null,
  by_name    text not null,
  at         text not null,
  primary key (case_id, person)
);
