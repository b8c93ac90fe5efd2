-- +goose Up

-- owner: business/licence. 证照 and result documents: one row is one version of one result, signed when it is
-- issued. What was signed never changes; only where the licence stands (status) and glyphs do.
create table licence (
  id             text primary key,
  case_id        text not null unique,          -- one result for one case
  number         text not null unique,          -- 证书编号
  identifier     text unique,                   -- 证照标识, null for results that are no licence
  kind           text not null,                 -- licence approval other
  name           text not null,
  holder_name    text not null,
  valid_from     text not null,                 -- YYYY-MM-DD
  valid_to       text,                          -- last day, null: no end is laid down
  status         text not null,
  status_day     text,                          -- since when it stands so, null while it is valid
  issued_at      text not null,
  content_sealed text not null,                 -- the signed JSON, SM4-GCM: it may hold personal data
  digest         text not null,                 -- SM3 of the signed JSON, hex
  signature      text not null,                 -- SM2, DER in base64
  certificate    text not null,                 -- DER in base64
  glyphs         text not null default '',      -- characters that no font had when the PDF was last tried
  body_id        text not null,
  intake_id      text not null,
  applicant_id   text not null,
  agent_id       text not null
);
create index licence_applicant on licence (applicant_id, id);
create index licence_agent on licence (agent_id, id) where agent_id <> '';
create index licence_body on licence (body_id, id);
create index licence_intake on licence (intake_id, id);
create index licence_glyphs on licence (id) where glyphs <> '';

-- owner: business/licence. The PDF of a licence: made once, the same bytes ever after.
create table licence_file (
  licence_id text primary key references licence (id),
  blob_key   text not null,
  sm3        text not null,                     -- of the PDF, not of what is sealed
  size       bigint not null,
  made_at    text not null
);
create index licence_file_sm3 on licence_file (sm3);

-- owner: business/evaluation. 好差评: one rating for one case. The row does not say who rated, and id, by which
-- ratings are told apart and listed, says neither the case nor the time.
create table rating (
  case_id      text primary key,
  id           text not null unique,            -- keyed digest of the case
  grade        integer not null,                -- 1 非常满意 … 5 非常不满意
  reasons      text not null,                   -- JSON list of codes
  words_sealed text not null,                   -- what was written, SM4-GCM
  item_code    text not null,
  item_name    text not null,
  month        text not null,                   -- YYYY-MM in Beijing
  rated_at     text not null,
  body_id      text not null,
  intake_id    text not null
);
create index rating_cell on rating (body_id, item_code, month, id);
create index rating_bad on rating (rated_at, id) where grade >= 4;

-- owner: business/evaluation. The counts that are published, kept up to date by the act that rates.
create table rating_figure (
  month     text not null,
  body_id   text not null,
  item_code text not null,
  item_name text not null,                      -- as it was last called
  n1        integer not null,
  n2        integer not null,
  n3        integer not null,
  n4        integer not null,
  n5        integer not null,
  primary key (body_id, item_code, month)
);
create index rating_figure_item on rating_figure (item_code, month);
create index rating_figure_month on rating_figure (month, body_id, item_code);
