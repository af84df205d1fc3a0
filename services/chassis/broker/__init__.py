"""The broker: publishing with confirms, the AMQP transport, broadcasts between replicas, the embedded broker."""
