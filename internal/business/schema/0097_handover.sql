-- +goose Up

-- owner: business/catalog. 送审: where a draft stands between who edits and who publishes. JSON catalog.Handover.
alter table implementation add column handover text not null default '{}';
