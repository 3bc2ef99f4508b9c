using System.Collections.Immutable;
using Cordon.Casework.Answers;
using Cordon.Casework.Cases;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Duties;

/// <summary>The duties of the API: what the pack in force says.</summary>
public static class DutyEndpoints
{
    private static readonly Refusal BadInstant = new("duty/bad-instant", RefusalKind.Invalid,
        "The instant is not RFC 3339 with an offset.", "Send at as 2026-03-02T08:00:00Z, or leave it out for now.");

    /// <summary>Maps <c>/duties</c>.</summary>
    public static void MapDuties(this RouteGroupBuilder api) => api.MapGet("/duties", List).WithName("duties.list").WithTags("Duties")
        .WithSummary("The duties in force, by id: who owes each, from what source, by which control it is measured, what follows a breach.");

    private static Results<Ok<DutiesView>, Refused> List(DutyPack pack, TimeProvider time, Sector? sector, string? at)
    {
        var instant = Instant.From(time.GetUtcNow());
        if (at is not null && !Instant.TryParse(at, out instant)) return new Refused(BadInstant);
        var duties = pack.DutiesInForce(instant).Where(d => sector is not { } of || d.Owes.Sectors.Contains(of));
        return TypedResults.Ok(new DutiesView(pack.Id, pack.Title, pack.Hash, pack.Currency, instant, [.. duties.Select(DutyView.Of)]));
    }
}

/// <summary>The duties of a pack at an instant.</summary>
/// <param name="Pack">The pack's id.</param>
/// <param name="Title">Its name.</param>
/// <param name="Hash">Its content hash, which findings name.</param>
/// <param name="Currency">The currency of thresholds and fines.</param>
/// <param name="At">The instant.</param>
/// <param name="Items">The duties, by id.</param>
internal sealed record DutiesView(string Pack, Wording Title, string Hash, Currency Currency, Instant At, ImmutableArray<DutyView> Items);

/// <summary>A duty as the API tells of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">A short name.</param>
/// <param name="Text">What is owed.</param>
/// <param name="Citation">Instrument and article.</param>
/// <param name="Mark">How the source was read.</param>
/// <param name="Sectors">Members of which sectors owe it.</param>
/// <param name="Agents">Whether they answer for what their resellers and branches do.</param>
/// <param name="Link">The place of the chain that it concerns.</param>
/// <param name="Control">What measures it.</param>
/// <param name="Threshold">The numbers of that control.</param>
/// <param name="Unmeasured">Why nothing measures it yet.</param>
/// <param name="Follows">What follows a breach.</param>
internal sealed record DutyView(
    string Id, Wording Title, Wording Text, Wording Citation, SourceMark? Mark, ImmutableArray<Sector> Sectors, bool Agents, LinkKind Link,
    DutyControl Control, IReadOnlyDictionary<string, long>? Threshold, Wording? Unmeasured, ImmutableArray<ConsequenceView> Follows)
{
    public static DutyView Of(Duty d) => new(
        d.Id, d.Title, d.Text, d.Source.Citation, d.Source.Mark, d.Owes.Sectors, d.Owes.Agents, d.Link, d.Control,
        d.Threshold?.Values, d.Unmeasured, [.. d.Follows.Select(c => new ConsequenceView(c.Sanction.Text, c.Sanction.Source.Citation, c.Item))]);
}

/// <summary>What follows a breach.</summary>
/// <param name="Text">What.</param>
/// <param name="Citation">Instrument and article.</param>
/// <param name="Item">The item of the article.</param>
internal sealed record ConsequenceView(Wording Text, Wording Citation, string? Item);
