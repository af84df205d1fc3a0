"""Sign-on by the campus's identity providers: OpenID Connect and CAS 3, several at once.

`configuration` reads which there are, `oidc` and `cas` speak their protocols, `attempts` binds a sign-on to the browser
that began it, `linking` joins an identity to an account, `logout` ends sessions when a provider says so.
"""
