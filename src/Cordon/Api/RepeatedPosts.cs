using System.Security.Cryptography;
using System.Text;
using Cordon.Casework;
using Cordon.Casework.Answers;
using Cordon.Casework.Deliveries;
using Cordon.Casework.Storage;

namespace Cordon.Api;

/// <summary>
/// <c>Idempotency-Key</c>: the same POST with the same key is carried out once, and its answer is given again.
/// An answer is kept for 24 hours for the caller that got it. Failures of the server and refusals of a signature are not kept: they may be tried again.
/// </summary>
internal sealed class RepeatedPosts(RequestDelegate next, AnswerStore answers, TextMask mask)
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";
    private const int MostKey = 64;
    private const int MostStored = 256 * 1024;
    private const int MostBody = 32 * 1024 * 1024;

    private static readonly Refusal Missing = new("idempotency/key-missing", RefusalKind.Invalid,
        "This needs an Idempotency-Key header, because a blind repeat would make a second thing.", "Send a fresh random key, and the same one when you repeat the request.");

    private static readonly Refusal BadKey = new("idempotency/bad-key", RefusalKind.Invalid,
        "An Idempotency-Key has 1 to 64 visible ASCII characters and holds no identity number.", "Send a UUID, for example.");

    private static readonly Refusal OtherBody = new("idempotency/other-body", RefusalKind.AgainstRule,
        "This Idempotency-Key was used for another request.", "Use a fresh key for a new request.");

    private static readonly Refusal Running = new("idempotency/running", RefusalKind.Conflict,
        "The same request is being carried out at this moment.", "Send it again in a second to get its answer.");

    private static readonly Refusal SecretGone = new("idempotency/secret-not-kept", RefusalKind.Conflict,
        "This was done before, and its answer held a secret that is not kept.", "Revoke what was made and make another.");

    public async Task InvokeAsync(HttpContext context)
    {
        var rule = context.GetEndpoint()?.Metadata.GetMetadata<RepeatMark>()?.Rule ?? RepeatRule.Optional;
        if (!HttpMethods.IsPost(context.Request.Method) || rule == RepeatRule.ByItem)
        {
            await next(context);
            return;
        }
        var key = context.Request.Headers[Header].ToString();
        if (key.Length == 0)
        {
            if (rule == RepeatRule.Optional) await next(context);
            else await Problem.WriteAsync(context, Missing);
            return;
        }
        // The key is stored as sent, so what must not be stored cannot be a key.
        if (key.Length > MostKey || key.Any(c => c is < '!' or > '~') || mask.Apply(key) != key)
        {
            await Problem.WriteAsync(context, BadKey);
            return;
        }
        var actor = Caller.From(context.User).Actor.Id;
        var begun = await answers.BeginAsync(actor, key, await HashAsync(context.Request), context.RequestAborted);
        await (begun.Refusal is { } refusal ? Problem.WriteAsync(context, refusal) : AnswerAsync(context, rule, begun.Value.Finding, begun.Value.Row));
    }

    private Task AnswerAsync(HttpContext context, RepeatRule rule, RepeatFinding finding, StoredAnswer row) => finding switch
    {
        RepeatFinding.New => ExecuteAsync(context, rule, row),
        RepeatFinding.OtherRequest => Problem.WriteAsync(context, OtherBody),
        RepeatFinding.Running => Problem.WriteAsync(context, StatusCodes.Status409Conflict, Running, retryable: true),
        _ => ReplayAsync(context, row),
    };

    private static async Task ReplayAsync(HttpContext context, StoredAnswer row)
    {
        context.Response.Headers[ReplayedHeader] = "true";
        if (row.Body is null)
        {
            await Problem.WriteAsync(context, SecretGone);
            return;
        }
        context.Response.StatusCode = row.Status!.Value;
        context.Response.ContentType = row.ContentType;
        await context.Response.WriteAsync(row.Body, context.RequestAborted);
    }

    private async Task ExecuteAsync(HttpContext context, RepeatRule rule, StoredAnswer row)
    {
        var wire = context.Response.Body;
        using var copy = new MemoryStream();
        context.Response.Body = copy;
        var kept = false;
        try
        {
            await next(context);
            context.Response.Body = wire;
            var status = context.Response.StatusCode;
            if (status < StatusCodes.Status500InternalServerError && copy.Length <= MostStored && !IsUnsigned(context))
            {
                // A refusal holds no secret, so it is kept even where the answer is not.
                var body = rule == RepeatRule.RequiredSecret && status < StatusCodes.Status400BadRequest
                    ? null : mask.Apply(Encoding.UTF8.GetString(copy.GetBuffer(), 0, (int)copy.Length));
                await answers.CompleteAsync(row, status, context.Response.ContentType, body);
                kept = true;
            }
        }
        finally
        {
            context.Response.Body = wire;
            if (!kept) await answers.AbandonAsync(row);
        }
        copy.Position = 0;
        await copy.CopyToAsync(wire, context.RequestAborted);
    }

    // The signature is no part of what makes two requests the same: with a better one the same answer is taken.
    private static bool IsUnsigned(HttpContext context) => context.Features.Get<Refusal>()?.Code.StartsWith(SignedReceipt.RefusedAs, StringComparison.Ordinal) == true;

    // The body is buffered in memory only: a temporary file would keep what must not be kept.
    private static async Task<byte[]> HashAsync(HttpRequest request)
    {
        request.EnableBuffering(MostBody, MostBody);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0) hash.AppendData(buffer.AsSpan(0, read));
        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }
}
