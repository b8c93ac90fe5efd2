-- +goose Up

-- owner: business/document. 文号流水: the last number given to a body, 文种代字 and year.
create table document_counter (
  body_id text not null,
  word    text not null,
  year    integer not null,
  n       bigint not null,
  primary key (body_id, word, year)
);

-- owner: business/document. 文书. A row never changes.
create table document (
  id             text primary key,
  case_id        text not null,    -- '' for a document that belongs to no case
  kind           text not null,    -- see document.Kind
  number         text not null,    -- 文号
  series_body_id text not null,    -- the body that issued it
  word           text not null,    -- 文种代字
  year           integer not null, -- in Beijing
  n              bigint not null,
  body_name      text not null,    -- as it was called then
  body_word      text not null,
  wording        integer not null, -- which wording of the kind, from 1
  internal       integer not null, -- 1: not shown to applicants
  issued_at      text not null,
  content        text not null,    -- JSON document.Facts; no identity numbers, private telephones, addresses
  digest         text not null,    -- SM3 of content
  body_id        text not null,    -- whose case it is, see staff.Subject
  intake_id      text not null,
  applicant_id   text not null,
  agent_id       text not null
);
create unique index document_series on document (series_body_id, word, year, n);
create index document_case on document (case_id, issued_at, id);
create index document_number on document (number);

-- owner: business/document. The PDF of a document, made once.
create table document_file (
  document_id text primary key references document (id),
  blob_key    text not null,
  sm3         text not null,
  size        bigint not null,
  made_at     text not null
);

-- owner: business/document. Documents whose PDF waits for a font with these characters.
create table document_glyph (
  document_id text primary key references document (id),
  characters  text not null,
  at          text not null
);

-- only: sqlite
-- +goose StatementBegin
create trigger document_no_update before update on document begin select raise(abort, 'documents do not change'); end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger document_no_delete before delete on document begin select raise(abort, 'documents do not change'); end;
-- +goose StatementEnd
-- +goose StatementBegin
create trigger document_file_no_update before update on document_file begin select raise(abort, 'documents do not change'); end;
-- +goose StatementEnd
-- end
-- only: postgres
-- +goose StatementBegin
create function document_does_not_change() returns trigger language plpgsql as $$ begin raise exception 'documents do not change'; end $$;
-- +goose StatementEnd
create trigger document_no_change before update or delete or truncate on document for each statement execute function document_does_not_change();
create trigger document_file_no_change before update on document_file for each statement execute function document_does_not_change();
-- end
