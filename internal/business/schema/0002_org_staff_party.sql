-- +goose Up

-- owner: business/org. 区划: the city and its townships, codes of the National Bureau of Statistics.
create table division (
  code       text primary key, -- 12 digits
  name       text not null,
  kind       text not null,    -- 县级市 街道 镇 乡 民族乡
  parent     text not null,    -- '' for the city
  source     text not null,
  confidence text not null
);

-- owner: business/org. 机构. A row without a public source has sample = 1 and is shown as 示例.
create table body (
  id         text primary key,
  uscc       text not null unique, -- 统一社会信用代码
  uscc_sample integer not null,    -- 1: a made-up code with right check characters
  name       text not null,
  short_name text not null,
  kind       text not null,        -- see org.Kind
  level      integer not null,     -- 行使层级代码: 4 county, 5 township
  parent_id  text references body (id),
  division   text not null references division (code),
  active     integer not null,
  position   integer not null,     -- order on lists
  remedies   text not null,        -- JSON org.Remedies
  source     text not null,
  confidence text not null,
  sample     integer not null
);
create index body_position on body (position, id);

-- owner: business/org. 大厅. Address, hours and telephone are null until they are known.
create table hall (
  id         text primary key,
  body_id    text not null references body (id),
  name       text not null,
  division   text not null references division (code),
  address    text,
  hours      text,
  phone      text,
  hours_sample integer not null,
  active     integer not null,
  position   integer not null,
  source     text not null,
  confidence text not null,
  sample     integer not null
);
create index hall_position on hall (position, id);

-- owner: business/org. 窗口.
create table hall_window (
  id         text primary key,
  hall_id    text not null references hall (id),
  body_id    text references body (id), -- whose domain it is; null at a comprehensive window
  number     text not null,
  name       text not null,
  kind       text not null,             -- comprehensive domain zone
  active     integer not null,
  source     text not null,
  confidence text not null,
  sample     integer not null
);
create unique index hall_window_number on hall_window (hall_id, number);

-- owner: business/staff. 账号 of officers and applicants.
create table account (
  id               text primary key,
  login            text not null unique,
  name             text not null,
  kind             text not null,     -- applicant officer
  password_hash    text not null,     -- argon2id with its parameters
  password_past    text not null,     -- JSON list of earlier hashes, newest first
  password_at      text not null,
  must_change      integer not null,
  failed_count     integer not null default 0,
  locked_until     text not null default '',
  epoch            bigint not null default 1, -- sessions of an earlier epoch are void
  active           integer not null default 1,
  sample           integer not null default 0,
  created_at       text not null,
  version          bigint not null default 1
);

-- owner: business/staff. 任职: one role of one officer at one body (and hall, window) for some days.
create table posting (
  id         text primary key,
  account_id text not null references account (id),
  body_id    text not null references body (id),
  hall_id    text references hall (id),
  window_id  text references hall_window (id),
  role       text not null,
  from_day   text not null,
  to_day     text,             -- last day, null: open
  ended_at   text              -- set when it was ended before its time
);
create unique index posting_once on posting (account_id, body_id, role, (coalesce(hall_id, ''))) where ended_at is null;
-- 三员分立: no account holds two of the three administrators' roles.
create unique index posting_three on posting (account_id) where ended_at is null and role in ('sysadmin', 'secadmin', 'auditor');
create index posting_body on posting (body_id, role);

-- owner: business/staff. Bearer tokens of integrators; the token itself is shown once and not kept.
create table api_token (
  id          text primary key,
  digest      text not null unique, -- SM3, hex
  account_id  text not null references account (id),
  name        text not null,
  permissions text not null,        -- JSON list; the token can do no more than this and its account
  created_at  text not null,
  created_by  text not null,
  expires_at  text not null,
  revoked_at  text not null default ''
);
create index api_token_account on api_token (account_id, id);

-- owner: business/party. 申请人: natural persons and organisations. What identifies or reaches a person is sealed.
create table party (
  id           text primary key,
  kind         text not null,            -- person company
  name         text not null,
  id_type      text not null default '', -- GA/T 2000.156, persons only
  id_sealed    text not null default '',
  id_index     text,                     -- keyed digest of type and number
  uscc         text unique,              -- companies only, public
  legal_name   text not null default '', -- 法定代表人
  legal_id_type  text not null default '',
  legal_id_sealed text not null default '',
  phone_sealed text not null default '',
  phone_index  text,
  address_sealed text not null default '',
  checked      text not null default '', -- receipt of the real-person or registry check
  created_at   text not null,
  version      bigint not null default 1
);
create unique index party_person on party (id_index);
create index party_phone on party (phone_index);

-- owner: business/party. Who may act for whom: 本人, 法定代表人, 代理人.
create table mandate (
  id         text primary key,
  account_id text not null references account (id),
  party_id   text not null references party (id),
  relation   text not null,   -- self legal agent
  items      text not null,   -- JSON list of item codes, [] = every matter; agents only
  from_day   text not null,
  to_day     text,            -- last day, null: open
  granted_by text not null,
  created_at text not null,
  ended_at   text
);
create unique index mandate_once on mandate (account_id, party_id, relation) where ended_at is null;
create unique index mandate_self_account on mandate (account_id) where relation = 'self' and ended_at is null;
create unique index mandate_self_party on mandate (party_id) where relation = 'self' and ended_at is null;
create index mandate_party on mandate (party_id);
