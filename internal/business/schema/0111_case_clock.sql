-- +goose Up

-- owner: business/casework

-- The clock of a case, apart from the case: a new calendar moves a hundred thousand
-- of them at once, and a row of `cases` stands in nine indexes.
create table case_clock (
  case_id       text primary key,
  case_version  integer not null,       -- that of the case: who changes the one changes the other
  running       integer not null,       -- 1 until the case is concluded
  calendar      integer not null,       -- the version of the calendar that computed the days
  statutory_due text not null,          -- YYYY-MM-DD; '' for none
  promised_due  text not null,
  provisional   integer not null,
  alarm_on      text not null,          -- when the clock is looked at next; '' for never
  marks         integer not null        -- what was already noticed of it, a sum of casework.Mark
);
insert into case_clock (case_id, case_version, running, calendar, statutory_due, promised_due, provisional, alarm_on, marks)
  select id, version, case when concluded_at = '' then 1 else 0 end, calendar, statutory_due, promised_due, provisional, alarm_on, marks from cases;
create index case_clock_calendar on case_clock (calendar, case_id) where running = 1;
create index case_clock_alarm on case_clock (alarm_on, case_id) where alarm_on <> '';

drop index cases_calendar;
drop index cases_alarm;
alter table cases drop column calendar;
alter table cases drop column alarm_on;
alter table cases drop column marks;
alter table cases drop column statutory_due;
alter table cases drop column promised_due;
alter table cases drop column provisional;
