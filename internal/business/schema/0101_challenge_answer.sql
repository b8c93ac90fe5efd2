-- +goose Up

-- owner: business/casework. The answer to a challenge is a document (回避申请决定书); a refusal may be reconsidered once (复核),
-- by somebody else than who gave it.
alter table challenge add column prior_id text not null default '';     -- the refused one that is to be reconsidered
alter table challenge add column document_id text not null default '';
alter table challenge add column review_by text not null default '';    -- last day for asking so, YYYY-MM-DD
