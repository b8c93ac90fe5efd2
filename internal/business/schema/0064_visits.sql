-- +goose Up

-- owner: business/procedure. The calendar of visits: what is to come does not walk over what is done, whosever list it is.
drop index procedure_body;
drop index procedure_visits;
create index procedure_open_all on procedure (at, id) where kind = 'site_visit' and state in ('open', 'signing');
create index procedure_open_body on procedure (body_id, at, id) where kind = 'site_visit' and state in ('open', 'signing');
create index procedure_open_intake on procedure (intake_id, at, id) where kind = 'site_visit' and state in ('open', 'signing');
create index procedure_past_all on procedure (at, id) where kind = 'site_visit' and state in ('done', 'cancelled');
create index procedure_past_body on procedure (body_id, at, id) where kind = 'site_visit' and state in ('done', 'cancelled');
create index procedure_past_intake on procedure (intake_id, at, id) where kind = 'site_visit' and state in ('done', 'cancelled');
