// Looks at the chart as Helm does: lints it, renders it with the values of each file in a folder, and holds what comes of
// them against the types of the Kubernetes API, in which no field may be unknown, and against what this chart promises.
//
//	check CHART CASES
//
// A case whose first line is “# refused: TEXT” has to be refused, with these words.
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/lint"
	"helm.sh/helm/v3/pkg/lint/support"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
	"k8s.io/client-go/kubernetes/scheme"
	"sigs.k8s.io/yaml"
)

const refused = "# refused: "

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: check CHART CASES")
		os.Exit(2)
	}
	passed, failed := 0, 0
	for name, err := range results(os.Args[1], os.Args[2]) {
		if err == nil {
			passed++
			continue
		}
		failed++
		fmt.Fprintf(os.Stderr, "chart: %s: %v\n", name, err)
	}
	fmt.Printf("chart: %d passed, %d failed\n", passed, failed)
	if failed > 0 || passed == 0 {
		os.Exit(1)
	}
}

// What came of each case, by its name.
func results(folder, cases string) map[string]error {
	all := map[string]error{}
	it, err := loader.Load(folder)
	if err != nil {
		return map[string]error{folder: err}
	}
	files, err := filepath.Glob(filepath.Join(cases, "*.yaml"))
	if err != nil || len(files) == 0 {
		return map[string]error{cases: fmt.Errorf("no cases are there: %v", err)}
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		all[name] = one(it, folder, file)
	}
	return all
}

func one(it *chart.Chart, folder, file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	values, err := chartutil.ReadValues(text)
	if err != nil {
		return err
	}
	objects, err := rendered(it, values)
	first, _, _ := strings.Cut(string(text), "\n")
	if want, isRefused := strings.CutPrefix(first, refused); isRefused {
		switch {
		case err == nil:
			return fmt.Errorf("was taken, and is to be refused with “%s”", want)
		case !strings.Contains(err.Error(), want):
			return fmt.Errorf("was refused, and not with “%s”: %w", want, err)
		}
		return nil
	}
	if err != nil {
		return err
	}
	for _, said := range lint.All(folder, values, "default", true).Messages {
		if said.Severity >= support.WarningSev {
			return fmt.Errorf("lint: %w", said.Err)
		}
	}
	return promises(objects)
}

// As `helm template` does, with the notes left out of what comes of it.
func rendered(it *chart.Chart, values chartutil.Values) ([]runtime.Object, error) {
	release := chartutil.ReleaseOptions{Name: "console", Namespace: "default", Revision: 1, IsInstall: true}
	all, err := chartutil.ToRenderValues(it, values, release, chartutil.DefaultCapabilities)
	if err != nil {
		return nil, err
	}
	files, err := (engine.Engine{Strict: true}).Render(it, all)
	if err != nil {
		return nil, err
	}
	var objects []runtime.Object
	for name, text := range files {
		if strings.HasSuffix(name, "NOTES.txt") {
			if strings.Contains(text, "<no value>") {
				return nil, fmt.Errorf("%s: a value is missing", name)
			}
			continue
		}
		for _, document := range strings.Split(text, "\n---\n") {
			if len(bytes.TrimSpace([]byte(document))) == 0 {
				continue
			}
			object, err := decoded(document)
			if err != nil {
				return nil, fmt.Errorf("%s: %w\n%s", name, err, document)
			}
			objects = append(objects, object)
		}
	}
	return objects, nil
}

// By the types of the API, in which nothing is unknown and nothing said twice.
func decoded(document string) (runtime.Object, error) {
	if _, err := yaml.YAMLToJSONStrict([]byte(document)); err != nil {
		return nil, err
	}
	options := json.SerializerOptions{Yaml: true, Strict: true}
	reads := json.NewSerializerWithOptions(json.DefaultMetaFactory, scheme.Scheme, scheme.Scheme, options)
	object, _, err := reads.Decode([]byte(document), nil, nil)
	return object, err
}
