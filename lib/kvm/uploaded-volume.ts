import * as path from "node:path";
import type { TerraformMetaArguments } from "cdktf";
import { Construct } from "constructs";
import { shortHash } from "../core/naming";
import { projectPath } from "../core/project-path";
import { mapProps } from "../core/prop-map";
import { ShellScript } from "../core/shell-script";
import { Volume, type VolumeConfig } from "../providers/libvirt/volume";
import { type LocalExec, renderLocalExec } from "../providers/terraform/local-exec";
import { TerraformData } from "../providers/terraform/terraform-data";
import type { FileSource, UrlSource } from "./file-source";
import { claimVolume, type IStoragePool, poolName } from "./storage-pool";

/** What an {@link UploadedVolume} takes. */
export interface UploadedVolumeProps {
  readonly pool: IStoragePool;
  readonly name: string;
  readonly file: FileSource;
  /** Format of a disk image; undefined for anything else, which libvirt then finds out itself. */
  readonly format: string | undefined;
  /** Replaces the volume, and fetches the file again, whenever it changes. */
  readonly replaceOn: TerraformData;
  /** Keeps what was uploaded, whatever the file or its name is later, until `replaceOn` changes. */
  readonly keepContent: boolean;
}

/** The folder of fetched files in the project. */
const CACHE = ".berth/images";

/** A file brought into a pool: fetched first where it comes from a URL. */
export class UploadedVolume extends Construct {
  public readonly resource: Volume;

  constructor(scope: Construct, id: string, props: UploadedVolumeProps) {
    super(scope, id);
    const { pool, name, format, replaceOn, keepContent } = props;
    const { source } = props.file;
    const local = source.kind === "file" ? projectPath(this, source.path) : cachePath(this, source.url, source.digest);
    const fetched = source.kind === "url" ? this.fetch(source, local, props) : undefined;
    const config: VolumeConfig & TerraformMetaArguments = {
      provider: pool.host.providerFor(this),
      name,
      pool: poolName(pool),
      create: { content: { url: local } },
      ...(format === undefined ? {} : { target: { format: { type: format } } }),
      ...(fetched && source.kind === "url" && source.digest !== ""
        ? { provisioners: [renderLocalExec(checkOf(source, local, fetched, this))] }
        : {}),
      ...(keepContent ? { lifecycle: { ignoreChanges: ["name", "create", "target"] } } : {}),
    };
    this.resource = new Volume(this, "Resource", config);
    mapProps(this.resource, { name: null });
    claimVolume(this, pool, name, "name");
    this.resource.replaceOn(replaceOn);
    if (fetched) {
      this.resource.dependOn(fetched);
      this.resource.replaceOn(fetched, "id");
    }
  }

  private fetch(source: UrlSource, local: string, { replaceOn, keepContent }: UploadedVolumeProps): TerraformData {
    const { url, algorithm, digest } = source;
    const fetch = new TerraformData(this, "Fetch", {
      ...(keepContent ? {} : { triggersReplace: [`${url} ${digest}`] }),
      localExec: {
        file: FETCH.pathIn(this),
        environment: { BERTH_URL: url, BERTH_FILE: local, BERTH_ALGORITHM: algorithm, BERTH_DIGEST: digest },
      },
    });
    fetch.replaceOn(replaceOn);
    return fetch;
  }
}

function checkOf({ algorithm, digest }: UrlSource, local: string, fetched: TerraformData, scope: Construct): LocalExec {
  return {
    file: CHECK.pathIn(scope),
    environment: {
      BERTH_FILE: local,
      BERTH_ALGORITHM: algorithm,
      BERTH_DIGEST: digest,
      BERTH_CONSTRUCT: fetched.node.path,
    },
  };
}

function cachePath(scope: Construct, url: string, digest: string): string {
  const name = path.posix.basename(new URL(url).pathname).replace(/[^\w.-]/g, "_") || "image";
  return projectPath(scope, `${CACHE}/${shortHash(`${url} ${digest}`, 16)}/${name}`);
}

/** Whether a file has the digest, where there is one. */
const GOOD = `set -eu
fail() { echo "berth: $*" >&2; exit 1; }
good() {
  case "$BERTH_ALGORITHM" in
    "") return 0 ;;
    sha256) bits=256 ;;
    sha512) bits=512 ;;
    *) fail "unknown digest algorithm $BERTH_ALGORITHM" ;;
  esac
  if command -v "sha\${bits}sum" >/dev/null 2>&1; then
    found=$("sha\${bits}sum" "$1")
  else
    found=$(shasum -a "$bits" "$1")
  fi
  found=\${found%% *}
  [ "$found" = "$BERTH_DIGEST" ]
}
`;

/**
 * Fetches a file once, and never leaves one in place whose digest is wrong. Two guests that ask for one file at the same
 * time each write a part of their own and move it into place whole. What is asked for over https is not led away from it.
 */
export const FETCH_SCRIPT = `${GOOD}if [ -n "$BERTH_ALGORITHM" ] && [ -f "$BERTH_FILE" ] && good "$BERTH_FILE"; then
  exit 0
fi
mkdir -p "$(dirname "$BERTH_FILE")"
part="$BERTH_FILE.part.$$"
trap 'rm -f "$part"' EXIT
case "$BERTH_URL" in
  [Hh][Tt][Tt][Pp][Ss]://*) allowed="=https" ;;
  *) allowed="=http,https" ;;
esac
if command -v curl >/dev/null 2>&1; then
  curl -fsSLg --proto "$allowed" --proto-redir "$allowed" --retry 3 --connect-timeout 30 -o "$part" "$BERTH_URL" || fail "cannot fetch $BERTH_URL"
elif [ -z "$BERTH_ALGORITHM" ]; then
  fail "needs curl on the machine that runs Terraform to fetch $BERTH_URL without a digest: wget follows it to plain http"
elif command -v wget >/dev/null 2>&1; then
  wget -q --tries=3 --timeout=30 -O "$part" "$BERTH_URL" || fail "cannot fetch $BERTH_URL"
else
  fail "needs curl or wget on the machine that runs Terraform"
fi
good "$part" || fail "$BERTH_URL has the $BERTH_ALGORITHM digest $found, not $BERTH_DIGEST; nothing was kept"
mv "$part" "$BERTH_FILE"
`;

/** Looks again at what was just uploaded: it may have been fetched long before. */
export const CHECK_SCRIPT = `${GOOD}good "$BERTH_FILE" || fail "$BERTH_FILE has the $BERTH_ALGORITHM digest $found, not $BERTH_DIGEST, and was uploaded: terraform apply -replace=ADDRESS, with that of $BERTH_CONSTRUCT, fetches and uploads it again"
`;

const FETCH = new ShellScript("fetch.sh", FETCH_SCRIPT);
const CHECK = new ShellScript("check-upload.sh", CHECK_SCRIPT);
