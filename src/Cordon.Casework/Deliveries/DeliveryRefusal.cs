namespace Cordon.Casework.Deliveries;

/// <summary>Every way a command about endpoints, deliveries and keys can be refused.</summary>
internal static class DeliveryRefusal
{
    public static readonly Refusal NoMember = new("webhook/no-member", RefusalKind.NotFound,
        "There is no such member, or it is not yours.", "Use your own member's code.");

    public static readonly Refusal NoEndpoint = new("webhook/none", RefusalKind.NotFound,
        "The member has told no endpoint.", "Tell one: PUT the URL.");

    public static readonly Refusal BadUrl = new("webhook/bad-url", RefusalKind.Invalid,
        $"An endpoint is an https URL of at most {WebhookUrl.MostLength} characters, without user, password and fragment.", "Send url, such as https://bank.example/cordon.");

    public static readonly Refusal NotInUse = new("webhook/not-in-use", RefusalKind.Conflict,
        "The member's endpoint is not in use.", "Tell the endpoint again first.");

    public static readonly Refusal NoReason = new("webhook/no-reason", RefusalKind.Invalid,
        "A reason of 1 to 200 characters is needed.", "Send reason.");

    public static readonly Refusal NotFound = new("delivery/not-found", RefusalKind.NotFound,
        "There is no such delivery, or it is not to your member.", "Check the id against the list.");

    public static readonly Refusal NotDead = new("delivery/not-dead", RefusalKind.Conflict,
        "Only what was given up is sent again; the rest is on its way or was received.", "Load the delivery again.");

    public static readonly Refusal NotYours = new("webhook/not-yours", RefusalKind.Forbidden,
        "Only an administrator does this.", "Ask an administrator.");

    public static readonly Refusal NoKey = new("webhook-key/not-found", RefusalKind.NotFound,
        "There is no such signing key, or it is retired already.", "List the keys.");

    public static readonly Refusal TooManyKeys = new("webhook-key/too-many", RefusalKind.Conflict,
        $"At most {SigningKeys.MostActive} signing keys are in use at once.", "Wait until the oldest has run out, or retire one.");

    public static readonly Refusal NoReceiptKey = new("receipt-key/not-found", RefusalKind.NotFound,
        "The member has no such receipt key in use.", "List the member's receipt keys.");

    public static readonly Refusal BadReceiptKey = new("receipt-key/bad-key", RefusalKind.Invalid,
        "A receipt key is an Ed25519 public key: whpk_ and base64 of 32 bytes, or a PEM.", "Send key, as openssl pkey -pubout writes it.");

    public static readonly Refusal BadReceiptName = new("receipt-key/bad-name", RefusalKind.Invalid,
        "A receipt key has a name of 1 to 100 characters.", "Name the system that holds the private key.");

    public static readonly Refusal SameReceiptKey = new("receipt-key/known", RefusalKind.Conflict,
        "This key is registered already.", "Make a fresh key pair.");

    public static readonly Refusal TooManyReceiptKeys = new("receipt-key/too-many", RefusalKind.Conflict,
        $"A member has at most {ReceiptKeys.MostActive} receipt keys in use.", "Retire one that is no longer used.");

    public static readonly Refusal Unsigned = new("receipt/unsigned", RefusalKind.Forbidden,
        "The member registered a receipt key, so its systems sign their answers.", "Sign the request by RFC 9421 with that key.");

    public static readonly Refusal BadForm = new("receipt/bad-signature-form", RefusalKind.Invalid,
        "The signature is not one of RFC 9421 that is read here: one label, covering @method, @path and content-digest, with created and keyid, by ed25519.",
        "Cover these three, and besides them nothing but @authority, content-type, content-length and date.");

    public static readonly Refusal OtherTime = new("receipt/other-time", RefusalKind.Forbidden,
        "The signature was made more than five minutes from now, or has run out.", "Set the clock right and sign anew.");

    public static readonly Refusal OtherKey = new("receipt/other-key", RefusalKind.Forbidden,
        "The keyid names no receipt key of the member that is in use.", "Sign with a registered key and name it by its id.");

    public static readonly Refusal OtherDigest = new("receipt/other-digest", RefusalKind.Forbidden,
        "The body is not the one whose digest was signed.", "Send Content-Digest (RFC 9530, sha-256 or sha-512) of the body as sent.");

    public static readonly Refusal WrongSignature = new("receipt/wrong-signature", RefusalKind.Forbidden,
        "The signature is not that key's over this request.", "Compare the signature base with the one of RFC 9421, section 2.5.");
}
