package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	policy "k8s.io/api/policy/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
)

// How long the server takes to stop at most: see NOTICE and LAST of server/src/lib.rs, and DRAIN of accept.rs.
const stops = 1 + 25 + 4

// What types do not say: that names lead somewhere, and that a pod may as little as it is said to.
func promises(objects []runtime.Object) error {
	var found []error
	need := func(is bool, format string, rest ...any) {
		if !is {
			found = append(found, fmt.Errorf(format, rest...))
		}
	}
	byKind := map[string]string{}
	var deployment *apps.Deployment
	for _, object := range objects {
		kind := object.GetObjectKind().GroupVersionKind().Kind
		name := object.(meta.Object).GetName()
		need(byKind[kind] == "", "two of kind %s", kind)
		need(object.(meta.Object).GetNamespace() == "default", "%s is in no namespace", kind)
		byKind[kind] = name
		if it, is := object.(*apps.Deployment); is {
			deployment = it
		}
	}
	if deployment == nil {
		return errors.New("no Deployment")
	}
	pod := deployment.Spec.Template
	of := labels.Set(pod.Labels)
	selects := func(what string, selector *meta.LabelSelector) {
		read, err := meta.LabelSelectorAsSelector(selector)
		need(err == nil && !read.Empty() && read.Matches(of), "%s selects other pods", what)
	}
	selects("Deployment", deployment.Spec.Selector)
	container := pod.Spec.Containers[0]
	ports := map[string]bool{}
	for _, port := range container.Ports {
		ports[port.Name] = true
	}
	for _, object := range objects {
		switch it := object.(type) {
		case *core.Service:
			selects("Service", &meta.LabelSelector{MatchLabels: it.Spec.Selector})
			for _, port := range it.Spec.Ports {
				need(ports[port.TargetPort.String()], "Service leads to no port %s", port.TargetPort.String())
				need(port.TargetPort.String() != "metrics", "metrics are shown to everybody")
			}
			several := *deployment.Spec.Replicas > 1
			need(several == (it.Spec.SessionAffinity == core.ServiceAffinityClientIP), "session affinity")
		case *policy.PodDisruptionBudget:
			selects("PodDisruptionBudget", it.Spec.Selector)
			need(*deployment.Spec.Replicas > 1, "nobody could drain the machine of the only pod")
		case *networking.NetworkPolicy:
			selects("NetworkPolicy", &it.Spec.PodSelector)
			need(len(it.Spec.PolicyTypes) == 2, "NetworkPolicy is about one direction")
			for _, rule := range it.Spec.Ingress {
				for _, port := range rule.Ports {
					need(ports[port.Port.String()], "NetworkPolicy is about no port %s", port.Port.String())
					need(port.Port.String() != "metrics" || len(rule.From) > 0, "metrics are shown to everybody")
				}
			}
		case *networking.Ingress:
			for _, rule := range it.Spec.Rules {
				need(rule.Host == "crowsnest.example.com", "Ingress is about %s", rule.Host)
				need(rule.HTTP.Paths[0].Backend.Service.Name == byKind["Service"], "Ingress leads nowhere")
			}
		case *core.PersistentVolumeClaim:
			need(!it.Spec.Resources.Requests.Storage().IsZero(), "a claim of nothing")
		case *core.ServiceAccount:
			need(it.AutomountServiceAccountToken != nil && !*it.AutomountServiceAccountToken, "the account's token is mounted")
		}
	}
	need(byKind["ServiceAccount"] == "" || byKind["ServiceAccount"] == pod.Spec.ServiceAccountName, "another account")
	confined(pod.Spec, container, need)
	reaches(pod.Spec, container, byKind, need)
	for what, probe := range map[string]*core.Probe{
		"startup": container.StartupProbe, "liveness": container.LivenessProbe, "readiness": container.ReadinessProbe,
	} {
		ready := what == "readiness"
		is := probe != nil && probe.HTTPGet != nil && probe.HTTPGet.Port.String() == "metrics"
		need(is && (probe.HTTPGet.Path == "/readyz") == ready && (probe.HTTPGet.Path == "/healthz") == !ready, "%s probe", what)
	}
	waits := container.Lifecycle.PreStop.Sleep.Seconds
	need(*pod.Spec.TerminationGracePeriodSeconds > waits+stops, "it is killed before it has stopped")
	rolls := deployment.Spec.Strategy.Type == apps.RollingUpdateDeploymentStrategyType
	need(!rolls || byKind["PersistentVolumeClaim"] == "", "two pods at one file")
	return errors.Join(found...)
}

// What the restricted standard for pods wants, and more.
func confined(pod core.PodSpec, container core.Container, need func(bool, string, ...any)) {
	yes := func(it *bool) bool { return it != nil && *it }
	no := func(it *bool) bool { return it != nil && !*it }
	need(len(pod.Containers) == 1 && len(pod.InitContainers) == 0, "other containers")
	need(no(pod.AutomountServiceAccountToken), "the pod has a token")
	need(no(pod.EnableServiceLinks), "variables of services")
	need(!pod.HostNetwork && !pod.HostPID && !pod.HostIPC, "the machine's namespaces")
	of := pod.SecurityContext
	need(yes(of.RunAsNonRoot) && *of.RunAsUser == 65532 && *of.FSGroup == 65532, "root")
	need(of.SeccompProfile.Type == core.SeccompProfileTypeRuntimeDefault, "seccomp")
	own := container.SecurityContext
	need(no(own.AllowPrivilegeEscalation) && yes(own.ReadOnlyRootFilesystem) && own.Privileged == nil, "privileges")
	need(slices.Equal(own.Capabilities.Drop, []core.Capability{"ALL"}) && len(own.Capabilities.Add) == 0, "capabilities")
	need(!container.Resources.Limits.Memory().IsZero(), "no limit of memory")
}

// Each mount has its volume, each volume what it is made of, and no secret stands in the pod.
func reaches(pod core.PodSpec, container core.Container, byKind map[string]string, need func(bool, string, ...any)) {
	volumes, paths := map[string]bool{}, map[string]bool{}
	for _, volume := range pod.Volumes {
		need(!volumes[volume.Name], "two volumes %s", volume.Name)
		volumes[volume.Name] = true
		need(volume.HostPath == nil, "a folder of the machine")
		if secret := volume.Secret; secret != nil {
			need(*secret.DefaultMode == 0o440, "everybody may read the secret %s", secret.SecretName)
			made := volume.Name != "config" || byKind["Secret"] == "" || byKind["Secret"] == secret.SecretName
			need(made, "nobody makes %s", secret.SecretName)
		}
		if claim := volume.PersistentVolumeClaim; claim != nil && byKind["PersistentVolumeClaim"] != "" {
			need(claim.ClaimName == byKind["PersistentVolumeClaim"], "nobody makes %s", claim.ClaimName)
		}
	}
	for _, mount := range container.VolumeMounts {
		need(volumes[mount.Name], "no volume %s", mount.Name)
		need(!paths[mount.MountPath], "two volumes at %s", mount.MountPath)
		paths[mount.MountPath] = true
		writes := slices.Contains([]string{"/tmp", "/var/lib/crowsnest"}, mount.MountPath)
		need(writes != mount.ReadOnly, "%s can be written", mount.MountPath)
		delete(volumes, mount.Name)
	}
	need(len(volumes) == 0, "nobody mounts %v", slices.Collect(maps.Keys(volumes)))
	names := map[string]bool{}
	for _, variable := range container.Env {
		need(!names[variable.Name], "%s twice", variable.Name)
		names[variable.Name] = true
	}
	need(names["CROWSNEST_STORE"] != names["CROWSNEST_DATABASE_URL_FILE"], "one store, and not none")
}
