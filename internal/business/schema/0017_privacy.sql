-- +goose Up

-- owner: business/privacy. 个人信息保护影响评估: what was weighed before sensitive data is processed. Rows are never changed or removed.
create table impact_assessment (
  id        text primary key,
  title     text not null,                    -- which processing
  purpose   text not null,                    -- 目的、方式是否合法、正当、必要
  risks     text not null,                    -- 对个人权益的影响及安全风险
  measures  text not null,                    -- 保护措施是否合法、有效、与风险相适应
  outcome   text not null,
  keep_to   text not null,                    -- YYYY-MM-DD, three years at least
  by_id     text not null,
  by_name   text not null,
  at        text not null
);

-- owner: business/delegation. 委托 (entrust) and 划转 (transfer) of whole matters.
create table delegation (
  id         text primary key,
  kind       text not null,                   -- entrust, transfer
  item_code  text not null,                   -- 基本编码: a whole matter
  item_name  text not null,
  from_id    text not null,
  from_name  text not null,
  to_id      text not null,
  to_name    text not null,
  basis      text not null,
  content    text not null,                   -- what is announced
  from_day   text not null,
  ended_at   text not null default '',        -- an entrustment that is over
  by_id      text not null,
  by_name    text not null,
  at         text not null
);
create index delegation_item on delegation (item_code, id);
create unique index delegation_open on delegation (item_code, from_id) where kind = 'entrust' and ended_at = '';
