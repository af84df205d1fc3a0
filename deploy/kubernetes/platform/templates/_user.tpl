{{/* A broker user, whose name and password are in the Secret `broker-<name>`, and what it may do in the vhost. */}}
{{- define "platform.user" -}}
---
apiVersion: rabbitmq.com/v1beta1
kind: User
metadata:
  name: {{ .name }}
  namespace: {{ .root.Release.Namespace }}
  labels: {app.kubernetes.io/part-of: gonghui-platform}
spec:
  {{- with .tag }}
  tags: [{{ . }}]
  {{- end }}
  rabbitmqClusterReference: {name: gonghui-broker}
  importCredentialsSecret: {name: broker-{{ .name }}}
---
apiVersion: rabbitmq.com/v1beta1
kind: Permission
metadata:
  name: {{ .name }}
  namespace: {{ .root.Release.Namespace }}
  labels: {app.kubernetes.io/part-of: gonghui-platform}
spec:
  vhost: {{ .root.Values.broker.vhost }}
  userReference: {name: {{ .name }}}
  permissions:
    {{- range list "configure" "write" "read" }}
    {{ . }}: {{ get $.rights . | replace "NAME" $.name | squote }}
    {{- end }}
  rabbitmqClusterReference: {name: gonghui-broker}
{{- end }}
