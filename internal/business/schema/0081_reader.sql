-- +goose Up

-- owner: business/document. Other bodies that take a part in a case: their officers read its file.
create table case_reader (
  case_id text not null,
  body_id text not null,
  since   text not null,
  primary key (case_id, body_id)
);
create index case_reader_body on case_reader (body_id, case_id);
insert into case_reader (case_id, body_id, since) select case_id, body_id, min(asked_at) from consultation group by case_id, body_id;
insert into case_reader (case_id, body_id, since)
  select t.case_id, t.body_id, min(t.opened_at) from task t join cases c on c.id = t.case_id
  where t.body_id <> c.body_id and not exists (select 1 from case_reader r where r.case_id = t.case_id and r.body_id = t.body_id)
  group by t.case_id, t.body_id;
