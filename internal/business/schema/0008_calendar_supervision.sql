-- +goose Up

-- owner: business/calendar. 工作日历的版本: a publication of one year's arrangement makes a version that holds the whole
-- table. Version 1 is the table inside the program and has no row. A row never changes.
create table calendar_version (
  version      integer primary key,
  year         integer not null,      -- the year that this version brought or changed
  years        text not null,         -- JSON, list of calendar.Year
  reason       text not null,
  by_id        text not null,
  by_name      text not null,
  published_at text not null
);

-- owner: business/calendar. The arrangement of a year being prepared; one draft a year.
create table calendar_draft (
  year     integer primary key,
  revision bigint not null,
  data     text not null,             -- JSON calendar.Year
  by_id    text not null,
  by_name  text not null,
  saved_at text not null
);
