using System.Collections.Immutable;
using Cordon.Casework.Cases;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Duties;

/// <summary>A short text in both languages of the console.</summary>
/// <param name="Zh">Chinese (zh-CN).</param>
/// <param name="En">English.</param>
public sealed record Wording(string Zh, string En);

/// <summary>How binding a source is.</summary>
public enum SourceTier
{
    /// <summary>A statute.</summary>
    Law,

    /// <summary>A regulation or departmental rule.</summary>
    Rule,

    /// <summary>A notice of authorities.</summary>
    Notice,

    /// <summary>A published practice of some authority or firm; nobody is bound by it elsewhere.</summary>
    Practice,

    /// <summary>Cordon's own choice; no source fixes it.</summary>
    Ours,
}

/// <summary>How the source was read.</summary>
public enum SourceMark
{
    /// <summary>The text of the statute itself; <c>P</c> in a pack.</summary>
    Primary,

    /// <summary>A mirror of it, or a report; <c>S</c> in a pack.</summary>
    Secondary,
}

/// <summary>A law, notice or practice that duties cite.</summary>
/// <param name="Id">Its key in the pack.</param>
/// <param name="Title">Its name.</param>
/// <param name="Where">Where it can be read, or its number.</param>
public sealed record Instrument(string Id, Wording Title, string Where);

/// <summary>Where a duty or a threshold comes from.</summary>
/// <param name="Instrument">The instrument cited; null only at <see cref="SourceTier.Ours"/>.</param>
/// <param name="Article">The article or point; null where the instrument has none or none is known.</param>
/// <param name="Tier">How binding it is.</param>
/// <param name="Mark">How it was read; null only at <see cref="SourceTier.Ours"/>.</param>
/// <param name="Note">What a reader must know about it; required at <see cref="SourceTier.Ours"/>.</param>
public sealed record DutySource(Instrument? Instrument, string? Article, SourceTier Tier, SourceMark? Mark, Wording? Note)
{
    /// <summary>The citation: instrument, then article.</summary>
    public Wording Citation => Instrument is null
        ? new Wording("Cordon 自定", "Cordon's own")
        : Article is null
            ? Instrument.Title
            : new Wording($"{Instrument.Title.Zh}第{Article}条", $"{Instrument.Title.En}, art. {Article}");
}

/// <summary>A range of fines in major units of the pack's currency, both ends included.</summary>
/// <param name="From">The least.</param>
/// <param name="To">The most.</param>
public sealed record FineRange(long From, long To);

/// <summary>What the law lays on a breach. It informs; Cordon fines nobody.</summary>
/// <param name="Id">Its key in the pack.</param>
/// <param name="Source">Where it stands.</param>
/// <param name="Text">What it says, in our own words.</param>
/// <param name="Fine">The ordinary range.</param>
/// <param name="GraveFine">The range in grave cases.</param>
/// <param name="OfficersFine">The range for those answerable in person, in grave cases.</param>
public sealed record Sanction(string Id, DutySource Source, Wording Text, FineRange? Fine, FineRange? GraveFine, FineRange? OfficersFine);

/// <summary>What follows a breach of one duty.</summary>
/// <param name="Sanction">The sanction.</param>
/// <param name="Item">The item of its article that names this breach; null where none does.</param>
/// <param name="Note">What a reader must know, for example that no item names the breach.</param>
public sealed record Consequence(Sanction Sanction, string? Item, Wording? Note);

/// <summary>From when to when a duty is in force.</summary>
/// <param name="From">The first instant.</param>
/// <param name="To">The first instant after; null while no end is set.</param>
public sealed record DutyTerm(Instant From, Instant? To)
{
    /// <summary>Whether an instant lies in the term.</summary>
    public bool Covers(Instant at) => at >= From && (To is not { } to || at < to);
}

/// <summary>Who owes a duty.</summary>
/// <param name="Sectors">Members of which sectors.</param>
/// <param name="Agents">Whether they answer for what their resellers and branches do.</param>
public sealed record DutyOwers(ImmutableArray<Sector> Sectors, bool Agents);

/// <summary>The numbers a control is held against, and where they come from.</summary>
/// <param name="Values">By name; the names and units are those of <see cref="ControlCatalogue"/>.</param>
/// <param name="Source">Where the numbers come from, which is often not where the duty comes from.</param>
public sealed record DutyThreshold(ImmutableSortedDictionary<string, long> Values, DutySource Source)
{
    /// <summary>One number. Throws <see cref="KeyNotFoundException"/> on a name the control does not have.</summary>
    public long this[string name] => Values[name];
}

/// <summary>
/// An obligation of a jurisdiction: who owes it, from what source, by which control it is measured, and what follows
/// a breach. One version of it: the same id may stand in a pack several times with terms that follow one another.
/// </summary>
/// <param name="Id">Its id, the same in all versions: <c>cn.atf.13.true-caller-id</c>.</param>
/// <param name="Title">A short name.</param>
/// <param name="Text">What is owed, in our own words.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Term">When it is in force.</param>
/// <param name="Owes">Who owes it.</param>
/// <param name="Link">The place of the chain that it concerns.</param>
/// <param name="Control">What measures it.</param>
/// <param name="Threshold">The numbers of that control; null where it has none.</param>
/// <param name="Unmeasured">Why nothing measures it yet; null where the control is measured.</param>
/// <param name="Follows">What follows a breach; empty where no source says so.</param>
public sealed record Duty(
    string Id, Wording Title, Wording Text, DutySource Source, DutyTerm Term, DutyOwers Owes, LinkKind Link, DutyControl Control,
    DutyThreshold? Threshold, Wording? Unmeasured, ImmutableArray<Consequence> Follows);
