"""The union's services: a chassis they all stand on, the contracts they keep, and one package per service."""
