#!/bin/sh
# Starts RabbitMQ as the official image does, as far as tests use it: a first user, and the management plugin.
set -e
cat > /etc/rabbitmq/rabbitmq.conf <<CONF
default_user = ${RABBITMQ_DEFAULT_USER:-guest}
default_pass = ${RABBITMQ_DEFAULT_PASS:-guest}
default_vhost = ${RABBITMQ_DEFAULT_VHOST:-/}
loopback_users.guest = false
CONF
echo '[rabbitmq_management,rabbitmq_prometheus].' > /etc/rabbitmq/enabled_plugins
chown -R rabbitmq:rabbitmq /var/lib/rabbitmq /var/log/rabbitmq /etc/rabbitmq
exec setpriv --reuid=rabbitmq --regid=rabbitmq --clear-groups env HOME=/var/lib/rabbitmq \
  RABBITMQ_CONFIG_FILE=/etc/rabbitmq/rabbitmq.conf /usr/lib/rabbitmq/bin/rabbitmq-server
