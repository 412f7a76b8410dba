{{- define "berth.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- /* What finds all pods of this release. */ -}}
{{- define "berth.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "berth.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{ include "berth.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- /* The roles by name, each with its values, its main port and where it tells that it is ready. */ -}}
{{- define "berth.roles" -}}
gateway:
  values: {{ toJson .Values.gateway }}
  port: 8080
  health: 8080
worker:
  values: {{ toJson .Values.worker }}
  port: 0
  health: 9464
control-plane:
  values: {{ toJson .Values.controlPlane }}
  port: 8090
  health: 8090
{{- end -}}

{{- /* A setting as the variable of the environment that overrides it. */ -}}
{{- define "berth.variable" -}}
{{- printf "BERTH_%s" (. | upper | replace "-" "_") -}}
{{- end -}}
