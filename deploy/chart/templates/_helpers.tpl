{{- define "crowsnest.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 52 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 52 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "crowsnest.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "crowsnest.labels" -}}
{{ include "crowsnest.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "crowsnest.account" -}}
{{- if .Values.serviceAccount.create }}{{ .Values.serviceAccount.name | default (include "crowsnest.name" .) }}{{ else }}{{ .Values.serviceAccount.name | default "default" }}{{ end }}
{{- end }}

{{- define "crowsnest.image" -}}
{{- if .Values.image.digest }}{{ .Values.image.repository }}@{{ .Values.image.digest }}{{ else }}{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}

{{- /* The Secret with crowsnest.toml; empty where there is none. */ -}}
{{- define "crowsnest.configSecret" -}}
{{- if .Values.existingConfigSecret }}{{ .Values.existingConfigSecret }}{{ else if .Values.config }}{{ include "crowsnest.name" . }}{{ end }}
{{- end }}

{{- /* The claim of the store's file; empty where there is none. */ -}}
{{- define "crowsnest.claim" -}}
{{- if and (not .Values.database.existingSecret) .Values.persistence.enabled }}{{ .Values.persistence.existingClaim | default (include "crowsnest.name" .) }}{{ end }}
{{- end }}

{{- /* What would start and be wrong, or not start for a reason that is known here. */ -}}
{{- define "crowsnest.refuse" -}}
{{- $v := .Values }}
{{- if not $v.publicUrl }}{{ fail "publicUrl: say where people open it, such as https://crowsnest.example.com" }}{{ end }}
{{- if not $v.signIn }}{{ fail "signIn: say how people come in: password, oidc or proxy" }}{{ end }}
{{- if and $v.config $v.existingConfigSecret }}{{ fail "config and existingConfigSecret are the same file: keep one" }}{{ end }}
{{- if and (ne $v.signIn "password") (not (include "crowsnest.configSecret" .)) }}{{ fail (printf "signIn %s is set up in crowsnest.toml: give it as config or existingConfigSecret" $v.signIn) }}{{ end }}
{{- if and (gt (int $v.replicas) 1) (not $v.database.existingSecret) }}{{ fail (printf "replicas %d: one file of SQLite has one Crowsnest; several share a PostgreSQL, see database.existingSecret" (int $v.replicas)) }}{{ end }}
{{- if and (eq $v.updateStrategy "RollingUpdate") (not $v.database.existingSecret) }}{{ fail "updateStrategy RollingUpdate: two of Crowsnest would have one file of SQLite for a while; it is for a PostgreSQL, see database.existingSecret" }}{{ end }}
{{- if and $v.database.existingSecret (not $v.storeKey.existingSecret) }}{{ fail "storeKey.existingSecret: what a PostgreSQL holds is sealed with a key that is not in it: openssl rand -base64 32" }}{{ end }}
{{- range $v.env }}
{{- if has .name (list "CROWSNEST_LISTEN" "CROWSNEST_METRICS_LISTEN" "CROWSNEST_PUBLIC_URL" "CROWSNEST_SIGN_IN" "CROWSNEST_STORE" "CROWSNEST_CONFIG" "CROWSNEST_TRUSTED_PROXIES" "CROWSNEST_DATABASE_URL" "CROWSNEST_DATABASE_URL_FILE" "DATABASE_URL" "CROWSNEST_STORE_KEY" "CROWSNEST_STORE_KEY_FILE") }}{{ fail (printf "env %s: the chart has a value for that" .name) }}{{ end }}
{{- end }}
{{- end }}
