/** The functions of Terraform and OpenTofu, as their documentation lists them. */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  (
    "abs abspath alltrue anytrue base64decode base64encode base64gunzip base64gzip base64sha256 base64sha512 basename bcrypt " +
    "can ceil chomp chunklist cidrcontains cidrhost cidrnetmask cidrsubnet cidrsubnets coalesce coalescelist compact concat " +
    "contains csvdecode dirname distinct element endswith ephemeralasnull file filebase64 filebase64sha256 filebase64sha512 " +
    "fileexists filemd5 fileset filesha1 filesha256 filesha512 flatten floor format formatdate formatlist indent index issensitive " +
    "join jsondecode jsonencode keys length list log lookup lower map matchkeys max md5 merge min nonsensitive one parseint pathexpand " +
    "plantimestamp pow range regex regexall replace reverse rsadecrypt sensitive setintersection setproduct setsubtract " +
    "setunion sha1 sha256 sha512 signum slice sort split startswith strcontains strrev substr sum templatefile templatestring " +
    "textdecodebase64 textencodebase64 timeadd timecmp timestamp title tobool tolist tomap tonumber toset tostring transpose trim " +
    "trimprefix trimspace trimsuffix try type upper urldecode urlencode uuid uuidv5 values yamldecode yamlencode zipmap"
  ).split(" "),
);

/** How many arguments some of them take, at least and at most; the others are not counted. */
export const ARGUMENTS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ...(
    "cidrhost cidrnetmask/1 endswith startswith strcontains split join element contains chunklist format/1+ formatdate timeadd timecmp " +
    "parseint pow log regex regexall replace/3 substr/3 lookup/2-3 cidrsubnet/3 indent trim trimprefix trimsuffix zipmap index " +
    "setsubtract abs/1 ceil/1 floor/1 upper/1 lower/1 title/1 trimspace/1 jsonencode/1 jsondecode/1 yamldecode/1 base64encode/1 " +
    "base64decode/1 file/1 filebase64/1 filesha256/1 fileexists/1 toset/1 tolist/1 tomap/1 tostring/1 tonumber/1 tobool/1 keys/1 values/1 " +
    "length/1 flatten/1 distinct/1 sha256/1 md5/1 templatefile/2 range/1-3"
  )
    .split(" ")
    .map((entry) => {
      const [, name = "", least = "2", more, most] = /^(\w+)(?:\/(\d)(\+|-(\d))?)?$/.exec(entry) ?? [];
      const limit = more === "+" ? Number.POSITIVE_INFINITY : Number(most ?? least);
      return [name, [Number(least), limit]] as const;
    }),
]);
