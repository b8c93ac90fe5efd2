-- +goose Up

-- owner: business/catalog. 基本目录: the matters the government handles.
create table item (
  code     text primary key,  -- 基本编码, 12 characters
  name     text not null,
  kind     text not null,     -- 01 … 10, 20
  listed   integer not null,  -- 1: stands in the public directory
  data     text not null,     -- JSON catalog.Item
  version  bigint not null default 1
);

-- owner: business/catalog. 实施清单: one row is one version; its body never changes once it is published.
create table implementation (
  id           text primary key,
  code         text not null,            -- 实施编码, 31 characters
  version      integer not null,         -- 1, 2, … within a code
  item_code    text not null references item (code),
  body_id      text not null,
  name         text not null,
  level        text not null,
  status       text not null,            -- draft published
  revision     bigint not null default 1,-- saves of a draft
  from_day     text,                     -- first day in force, null in a draft
  to_day       text,                     -- first day no longer in force, null while open
  published_at text not null default '',
  change       text not null default '{}', -- JSON catalog.Change
  saved_at     text not null,
  body         text not null             -- JSON catalog.Implementation
);
create unique index implementation_version on implementation (code, version);
create unique index implementation_draft on implementation (code) where status = 'draft';
create index implementation_force on implementation (status, to_day, id);
create index implementation_item on implementation (item_code, id);

-- owner: business/catalog. A number that every publication raises, so that all processes notice.
create table catalog_state (
  id integer primary key,
  n  bigint not null
);
insert into catalog_state (id, n) values (1, 0);
