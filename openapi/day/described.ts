// Holds everything that goes over the wire against the OpenAPI description: the address, the request's body, and of every answer its status, its
// media type, its headers and its body. So a program that uses it fails where description and behaviour part, not only where its types do.
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";

type Media = { schema?: object };
type Header = { required?: boolean };
type Described = { description: string; headers?: Record<string, Header>; content?: Record<string, Media> };
type Operation = { operationId: string; requestBody?: { content: Record<string, Media> }; responses: Record<string, Described> };
type Document = { paths: Record<string, Record<string, Operation>> };

/** A nullable field that refers to a schema may be null, as generators read OpenAPI 3.0; JSON Schema would ask the schema, too. */
function nullableParts(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(nullableParts);
  if (typeof node !== "object" || node === null) return node;
  const parts = Object.fromEntries(Object.entries(node).map(([name, part]) => [name, nullableParts(part)]));
  return parts.nullable === true && parts.allOf ? { anyOf: [{ type: "null" }, { allOf: parts.allOf }] } : parts;
}

export class Description {
  private readonly seen = new Set<string>();
  private readonly ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  private readonly document: Document;

  constructor(private readonly file: string) {
    this.document = JSON.parse(readFileSync(file, "utf8")) as Document;
    this.ajv.addSchema({ ...(nullableParts(this.document) as object), $id: "api" });
  }

  /** What has been called so far: operation and status. */
  get calls(): string[] {
    return [...this.seen].sort();
  }

  /** A fetch that answers only with what is described. */
  readonly fetch = async (request: Request): Promise<Response> => {
    const [path, operation] = this.find(request);
    const place = ["paths", path, request.method.toLowerCase()];
    const sent = request.body ? ((await request.clone().json()) as unknown) : undefined;
    if (sent !== undefined) this.holds([...place, "requestBody", "content", "application/json", "schema"], sent, operation, "request");
    const response = await fetch(request);
    const status = String(response.status);
    const described = operation.responses[status];
    if (!described) throw this.parted(operation, `it answered ${status}, which is not described: ${await response.text()}`);
    this.seen.add(`${operation.operationId} ${status}`);
    for (const [name, header] of Object.entries(described.headers ?? {})) {
      if (header.required && !response.headers.has(name)) throw this.parted(operation, `${status} came without the header ${name}`);
    }

    await this.checkBody([...place, "responses", status], described, operation, response.clone());
    return response;
  };

  private async checkBody(place: string[], described: Described, operation: Operation, response: Response) {
    const body = await response.arrayBuffer();
    if (!described.content) {
      if (body.byteLength > 0) throw this.parted(operation, `${response.status} has a body, and none is described`);
      return;
    }

    const type = response.headers.get("Content-Type")?.split(";")[0] ?? "none";
    if (!described.content[type]) throw this.parted(operation, `${response.status} is ${type}, which is not described`);
    if (type.endsWith("json")) {
      const answered = JSON.parse(new TextDecoder().decode(body)) as unknown;
      this.holds([...place, "content", type, "schema"], answered, operation, String(response.status));
      this.checkCode(described, answered, operation);
    }
  }

  /** A problem's code is one of those that its status lists. */
  private checkCode(described: Described, answered: unknown, operation: Operation) {
    const code = (answered as { code?: unknown } | null)?.code;
    if (described.description.startsWith("- `") && !described.description.includes(`\`${String(code)}\``)) {
      throw this.parted(operation, `the code ${String(code)} is not described`);
    }
  }

  private holds(place: string[], value: unknown, operation: Operation, what: string) {
    const pointer = place.map((p) => encodeURIComponent(p.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/");
    const validate = this.ajv.compile({ $ref: `api#/${pointer}` });
    if (!validate(value)) {
      throw this.parted(operation, `${what} is not as described: ${this.ajv.errorsText(validate.errors)}\n${JSON.stringify(value)}`);
    }
  }

  private find(request: Request): [string, Operation] {
    const asked = new URL(request.url).pathname.split("/");
    // An address without parameters comes before one with them.
    const fits = Object.keys(this.document.paths)
      .filter((path) => {
        const steps = path.split("/");
        return steps.length === asked.length && steps.every((step, i) => step.startsWith("{") || step === asked[i]);
      })
      .sort((a, b) => a.split("{").length - b.split("{").length);
    const path = fits[0];
    const operation = path && this.document.paths[path]?.[request.method.toLowerCase()];
    if (!path || !operation) throw new Error(`${this.file}: ${request.method} ${request.url} is not described`);
    return [path, operation];
  }

  private parted(operation: Operation, what: string) {
    return new Error(`${this.file}, ${operation.operationId}: ${what}`);
  }
}
