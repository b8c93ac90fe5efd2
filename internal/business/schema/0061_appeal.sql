-- +goose Up

-- owner: business/complaint. What a review or a suit is about, by when the body answers it and the organ decides it, and
-- what follows. What was asked is sealed.
alter table appeal add column against text not null default 'decision';     -- decision silence
alter table appeal add column filed_by text not null default 'applicant';   -- applicant interested
alter table appeal add column simple integer not null default 0;            -- 简易程序
alter table appeal add column asked_sealed text not null default '';
alter table appeal add column received_on text not null default '';         -- the copy reached the body
alter table appeal add column answer_due text not null default '';
alter table appeal add column organ_due text not null default '';
alter table appeal add column answered_on text not null default '';
alter table appeal add column answered_by text not null default '';
alter table appeal add column act_by text not null default '';              -- by when the body must act as ordered
alter table appeal add column licence_id text not null default '';          -- the licence that ended with the decision
alter table appeal add column told integer not null default 0;              -- 1: a late answer is on record, 2: a late act is
create index appeal_intake on appeal (intake_id, id);
create index appeal_answer on appeal (answer_due, id) where status = 'pending' and answered_on = '' and answer_due <> '';
create index appeal_act on appeal (act_by, id) where act_by <> '';
