-- +goose Up

-- owner: business/privacy. 个人信息处理告知 by version, from the second one on; the first comes with the program. A published row is never changed.
create table privacy_notice (
  version      integer primary key,
  status       text not null,            -- draft published
  revision     bigint not null,          -- saves and acts of a draft
  from_day     text,                     -- first day in force, null in a draft
  parts        text not null,            -- JSON []privacy.Part
  review       text not null,            -- JSON privacy.Review
  published_at text not null default '',
  by_name      text not null default ''  -- who published it
);
create unique index privacy_notice_draft on privacy_notice (status) where status = 'draft';
create index privacy_notice_from on privacy_notice (status, from_day);
