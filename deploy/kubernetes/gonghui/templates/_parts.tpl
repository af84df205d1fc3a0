{{/* Pieces that several templates share. `dict "root" $ "name" "membership"` says which process is meant. */}}

{{- define "gonghui.labels" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/part-of: gonghui
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- end }}

{{- define "gonghui.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/part-of: gonghui
{{- end }}

{{/* What holds for a process: the defaults, and over them what is said for it. YAML. */}}
{{- define "gonghui.process" -}}
{{- toYaml (mergeOverwrite (deepCopy .root.Values.defaults) (index .root.Values.processes .name | default dict)) -}}
{{- end }}

{{- define "gonghui.image" -}}
{{- $image := .Values.image -}}
{{ required "image.repository: where is Gonghui's image?" $image.repository }}@{{ required "image.digest: name the image by its digest" $image.digest }}
{{- end }}

{{- define "gonghui.pod-security" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "gonghui.container-security" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* Where files come from: /tmp, of a given size, and the certificates to trust. */}}
{{- define "gonghui.mounts" -}}
- {name: tmp, mountPath: /tmp}
{{- if .root.Values.trust.configMap }}
- {name: trust, mountPath: /etc/gonghui, readOnly: true}
{{- end }}
{{- end }}

{{- define "gonghui.volumes" -}}
- name: tmp
  emptyDir: {sizeLimit: {{ .size }}}
{{- with .root.Values.trust.configMap }}
- name: trust
  configMap: {name: {{ . }}}
{{- end }}
{{- end }}

{{/* The URL of one service's database, made of variables that come from its Secret. */}}
{{- define "gonghui.database" -}}
{{- $database := .root.Values.database -}}
{{- $secret := replace "{service}" .name .root.Values.secrets.database -}}
{{- $upper := upper .name -}}
- name: {{ $upper }}_DATABASE_USER
  valueFrom: {secretKeyRef: {name: {{ $secret }}, key: username}}
- name: {{ $upper }}_DATABASE_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ $secret }}, key: password}}
- name: GONGHUI_{{ $upper }}_DATABASE_URL
  value: postgresql://$({{ $upper }}_DATABASE_USER):$({{ $upper }}_DATABASE_PASSWORD)@{{ $database.host }}:{{ $database.port }}/{{ replace "{service}" .name $database.name }}?{{ $database.options }}
{{- end }}

{{/* What every container of ours is told; `name` is whose broker user it is. */}}
{{- define "gonghui.environment" -}}
{{- $values := .root.Values -}}
{{- $secret := replace "{service}" .name $values.secrets.broker -}}
- name: BROKER_USER
  valueFrom: {secretKeyRef: {name: {{ $secret }}, key: username}}
- name: BROKER_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ $secret }}, key: password}}
- name: GONGHUI_AMQP_URL
  value: {{ $values.broker.scheme }}://$(BROKER_USER):$(BROKER_PASSWORD)@{{ $values.broker.host }}:{{ $values.broker.port }}/{{ $values.broker.vhost }}
{{- range list "ENCRYPTION_KEYS" "HASH_KEY" "SIGNING_KEY" "SECRET_KEY" }}
- name: GONGHUI_{{ . }}
  valueFrom: {secretKeyRef: {name: {{ $values.secrets.keys }}, key: {{ . | lower | replace "_" "-" }}}}
{{- end }}
{{- if has .name (list "scrutiny" "tools") }}
- name: GONGHUI_SCRUTINY_KEYS
  valueFrom: {secretKeyRef: {name: {{ $values.secrets.scrutinyKeys }}, key: scrutiny-keys}}
{{- end }}
{{- if $values.trust.configMap }}
- name: SSL_CERT_FILE
  value: /etc/gonghui/ca.crt
{{- end }}
{{- if $values.tracing.endpoint }}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ $values.tracing.endpoint }}
- name: OTEL_SERVICE_NAME
  value: gonghui-{{ .name }}
{{- end }}
{{- range $name, $value := $values.settings }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}
