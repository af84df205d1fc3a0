-- A database per service; run once, when the server's data folder is made.
CREATE DATABASE gonghui_membership;
CREATE DATABASE gonghui_activities;
CREATE DATABASE gonghui_welfare;
CREATE DATABASE gonghui_governance;
CREATE DATABASE gonghui_scrutiny;
CREATE DATABASE gonghui_gateway;
