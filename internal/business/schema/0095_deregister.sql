-- +goose Up

-- owner: business/aftercare. Whom the notice of a deregistration goes to where the holder is dead or dissolved, by which
-- number they speak, and how what was said came in. Name and address of who speaks are sealed.
alter table proceeding add column number text not null default '';          -- of the letter; empty: told on the portal
alter table proceeding add column speaker_sealed text not null default '';  -- JSON: name, standing, contact, how told
alter table proceeding add column stated_via text not null default '';      -- online code hand post
create unique index proceeding_number on proceeding (number) where number <> '';

-- owner: business/aftercare. 简易注销 (市场主体登记管理条例第三十三条): what was promised and signed is sealed; a public one
-- stands on the page of announcements until its last day, and is applied for by another.
alter table proceeding add column simple text not null default '';          -- '' company individual
alter table proceeding add column public integer not null default 0;        -- announced to everybody
alter table proceeding add column promise_sealed text not null default '';  -- JSON
alter table proceeding add column apply_by text not null default '';        -- last day for applying after the notice
alter table proceeding add column applied_at text not null default '';
alter table proceeding add column due_day text not null default '';         -- by when the body decides
alter table proceeding add column reminded integer not null default 0;      -- the holder was told that the notice is over
drop index proceeding_open;
create unique index proceeding_open on proceeding (licence_id) where status in ('proposed', 'notified', 'noticed');
create index proceeding_public on proceeding (id) where public = 1;
create index proceeding_noticed on proceeding (until_day, id) where status = 'noticed';

-- owner: business/aftercare. What was objected to a simple deregistration (异议), by whom, as it came in.
create table proceeding_objection (
  id            text primary key,
  proceeding_id text not null,
  kind          text not null,          -- department creditor employee other
  sealed        text not null,          -- JSON: name, contact, text
  via           text not null,          -- online hand post
  account_id    text not null,          -- of who objected online, or took it down
  at            text not null
);
create index proceeding_objection_of on proceeding_objection (proceeding_id, id);
