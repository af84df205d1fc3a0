"""The broker: publishing with confirms, frames on the wire, broadcasts between replicas, the embedded transport."""
