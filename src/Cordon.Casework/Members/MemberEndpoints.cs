using Cordon.Casework.Answers;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Members;

/// <summary>The members of the API and their keys.</summary>
internal static class MemberEndpoints
{
    private const int MostAgents = 10_000;

    public static void Map(RouteGroupBuilder api)
    {
        var members = api.MapGroup("/members").WithTags("Members");
        members.MapGet("/", ListAsync).WithName("members.list").WithSummary("Members by code.");
        members.MapPost("/", EnrolAsync).WithName("members.enrol").WithSummary("Enrols a member, or tells its standing facts again; the same facts again change nothing.");
        members.MapGet("/{code}/officers", OfficersAsync).WithName("officers.list").WithSummary("Who answers for a member by name; clerks see their own member's.");
        members.MapPut("/{code}/officers", NameOfficersAsync).WithName("officers.name").WithSummary("Names all officers of a member; those named before are no longer.");
        members.MapGet("/{code}/keys", KeysAsync).WithName("keys.list").WithTags("Keys").WithSummary("A member's API keys, revoked ones too, the newest first; never a secret.");
        members.MapPost("/{code}/keys", CreateKeyAsync).WithName("keys.create").WithTags("Keys").WithMetadata(new RepeatMark(RepeatRule.RequiredSecret))
            .WithSummary("Makes an API key. Its token is in this answer and nowhere else. Needs an Idempotency-Key.");
        members.MapDelete("/{code}/keys/{id:guid}", RevokeKeyAsync).WithName("keys.revoke").WithTags("Keys").WithSummary("Revokes an API key; it is refused from the next request on.");
    }

    private static async Task<Results<Ok<Page<MemberView>>, Refused>> ListAsync(MemberRegister register, int? limit, string? cursor)
    {
        if (PageQuery.Read(limit, cursor, out var take, out var after) is { } fault) return new Refused(fault);
        var rows = (await register.ListAsync()).OrderBy(m => m.Code.ToString(), StringComparer.Ordinal)
            .Where(m => after is null || string.CompareOrdinal(m.Code.ToString(), after) > 0).Take(take + 1).ToList();
        return TypedResults.Ok(rows.Page(take, m => m.Code.ToString(), MemberView.Of));
    }

    private static async Task<Results<Ok<MemberView>, Refused>> EnrolAsync(Caller caller, MemberRegister register, MemberForm form, CancellationToken cancel)
    {
        if (form.Agents?.Count > MostAgents) return new Refused(MemberRefusal.TooManyAgents);
        var facts = new MemberFacts(form.Code, form.NameZh, form.NameEn, form.Sector, form.Region, form.Connected, form.Agents ?? []);
        var enrolled = await register.EnrolAsync(caller.Actor, facts, cancel);
        return enrolled.Refusal is { } refusal ? new Refused(refusal) : TypedResults.Ok(MemberView.Of((await register.FindAsync(form.Code))!));
    }

    private static async Task<Results<Ok<Page<Officer>>, Refused>> OfficersAsync(Caller caller, MemberRegister register, string code) =>
        MemberCode.TryParse(code, out var member) && await register.OfficersAsync(caller.Actor, member) is { } officers
            ? TypedResults.Ok(new Page<Officer>([.. officers], null))
            : new Refused(MemberRefusal.NotFound);

    private static async Task<Results<Ok<Page<Officer>>, Refused>> NameOfficersAsync(Caller caller, MemberRegister register, string code, OfficersForm form, CancellationToken cancel) =>
        MemberCode.TryParse(code, out var member)
            ? (await register.NameOfficersAsync(caller.Actor, member, form.Officers, cancel)).Answer(_ => new Page<Officer>([.. form.Officers], null))
            : new Refused(MemberRefusal.NotFound);

    private static async Task<Results<Ok<Page<KeyView>>, Refused>> KeysAsync(ApiKeyRegister keys, string code) =>
        MemberCode.TryParse(code, out var member)
            ? TypedResults.Ok(new Page<KeyView>([.. (await keys.ListAsync(member)).Select(KeyView.Of)], null))
            : new Refused(MemberRefusal.NotFound);

    private static async Task<Results<Ok<NewKeyView>, Refused>> CreateKeyAsync(Caller caller, ApiKeyRegister keys, string code, KeyForm form, CancellationToken cancel) =>
        MemberCode.TryParse(code, out var member)
            ? (await keys.CreateAsync(caller.Actor, member, form.Name, form.Scopes, cancel)).Answer(made => new NewKeyView(KeyView.Of(made.Key), made.Token))
            : new Refused(MemberRefusal.NotFound);

    private static async Task<Results<Ok<KeyView>, Refused>> RevokeKeyAsync(Caller caller, ApiKeyRegister keys, string code, Guid id, CancellationToken cancel) =>
        MemberCode.TryParse(code, out var member)
            ? (await keys.RevokeAsync(caller.Actor, member, id, cancel)).Answer(KeyView.Of)
            : new Refused(MemberRefusal.NotFound);

    /// <param name="Code">Its code in every signal; it never changes.</param>
    /// <param name="NameZh">Its name in Chinese.</param>
    /// <param name="NameEn">Its name in English.</param>
    /// <param name="Sector">Its sector.</param>
    /// <param name="Region">Its region's code in the tree.</param>
    /// <param name="Connected">Whether it tells signals and answers orders.</param>
    /// <param name="Agents">Its resellers and branches.</param>
    internal sealed record MemberForm(MemberCode Code, string NameZh, string NameEn, Sector Sector, string Region, bool Connected, IReadOnlyList<Agent>? Agents = null);

    /// <param name="Officers">All of them, one principal among them.</param>
    internal sealed record OfficersForm(IReadOnlyList<Officer> Officers);

    /// <param name="Name">The system that will hold the key, 1 to 100 characters.</param>
    /// <param name="Scopes">What it may do.</param>
    internal sealed record KeyForm(string Name, IReadOnlyList<string> Scopes);
}

/// <summary>A member as the API tells of it.</summary>
internal sealed record MemberView(MemberCode Code, string NameZh, string NameEn, Sector Sector, string Region, bool Connected, IReadOnlyList<Agent> Agents)
{
    public static MemberView Of(Member m) => new(m.Code, m.NameZh, m.NameEn, m.Sector, m.Region, m.Connected, m.Agents);
}

/// <summary>A key as administrators see it.</summary>
internal sealed record KeyView(Guid Id, MemberCode Member, string Name, string Prefix, IReadOnlyList<string> Scopes, Instant CreatedAt, Instant? RevokedAt, Instant? LastUsedAt)
{
    public static KeyView Of(ApiKey k) => new(k.Id, k.Member, k.Name, k.Prefix, k.Scopes, k.CreatedAt, k.RevokedAt, k.LastUsedAt);
}

/// <summary>A new key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Token">What the system sends as <c>Authorization: Bearer …</c>; shown this once.</param>
internal sealed record NewKeyView(KeyView Key, string Token);
