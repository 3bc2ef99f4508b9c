using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Cordon.Casework.Duties;
using Cordon.Casework.Packs;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Controls;

/// <summary>How one duty is measured over time.</summary>
/// <param name="Duty">The duty, by its id in the pack.</param>
/// <param name="Control">What measures it.</param>
/// <param name="AllowedPerMillion">Faults allowed for each million occasions, 1 to 999,999.</param>
/// <param name="Source">Where that figure comes from.</param>
public sealed record ControlTerms(string Duty, DutyControl Control, int AllowedPerMillion, DutySource Source);

/// <summary>Which duties of a jurisdiction are measured over time, and how many faults each allows.</summary>
/// <param name="Pack">The duties.</param>
/// <param name="Terms">One for each duty measured, by the duty's id.</param>
public sealed record ControlPlan(DutyPack Pack, ImmutableArray<ControlTerms> Terms)
{
    private const int MostBytes = 1 << 20;

    /// <summary>A plan that measures nothing, for a jurisdiction without one.</summary>
    public static ControlPlan None(DutyPack pack) => new(pack, []);

    /// <summary>Reads <c>controls.yaml</c> (UTF-8, 1 MB). Every fault is told at once, with its line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pack">The duties that it may name.</param>
    /// <exception cref="InvalidDataException">The file is no plan; the message tells all that is wrong.</exception>
    public static ControlPlan Load(string path, DutyPack pack)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MostBytes }) throw new InvalidDataException($"{path} is larger than 1 MB.");
        var faults = new PackFaults(Path.GetFileName(path));
        return Read(File.ReadAllText(path), pack, faults) ?? throw new InvalidDataException(
            $"{path} is no plan of controls: {string.Join("; ", faults.Found.Select(f => string.Create(CultureInfo.InvariantCulture, $"line {f.Line}: {f.Message}")))}");
    }

    internal static ControlPlan? Read(string yaml, DutyPack pack, PackFaults faults)
    {
        if (PackText.Load(yaml, faults) is not { } root || PackMap.From(root, "", faults, "controls", "each") is not { } map) return null;
        if (map.Text("controls") is { } id && id != pack.Id)
            map.Note("controls", DutyPackFaultKind.Contradiction, $"The duties are those of '{pack.Id}'.");
        var sources = new PackSources(pack.Instruments);
        var terms = new SortedDictionary<string, ControlTerms>(StringComparer.Ordinal);
        foreach (var item in map.Maps("each", "duty", "allowedPerMillion", "source"))
            if (ReadTerms(item, pack, sources) is { } read && !terms.TryAdd(read.Duty, read))
                item.Note("duty", DutyPackFaultKind.Duplicate, $"'{read.Duty}' is measured twice.");
        return faults.Found.Count > 0 ? null : new ControlPlan(pack, [.. terms.Values]);
    }

    private static ControlTerms? ReadTerms(PackMap map, DutyPack pack, PackSources sources)
    {
        var (name, allowed, source) = (map.Text("duty"), map.Whole("allowedPerMillion", 1, 999_999), sources.Read(map));
        if (name is null) return null;
        if (pack.Duties.FirstOrDefault(d => d.Id == name) is not { } duty)
        {
            var near = NearestName.Of(name, pack.Duties.Select(d => d.Id));
            map.Note("duty", DutyPackFaultKind.UnknownReference, $"The pack has no duty '{name}'.", near);
            return null;
        }
        if (!Measures.Contains(duty.Control))
            map.Note("duty", DutyPackFaultKind.Contradiction, $"Nothing measures '{name}' over time: no record shows the occasions of its control.");
        return allowed is { } most && source is not null ? new ControlTerms(name, duty.Control, (int)most, source) : null;
    }

    /// <summary>The controls that records show over time.</summary>
    internal static readonly FrozenSet<DutyControl> Measures = FrozenSet.ToFrozenSet(
    [
        DutyControl.SpoofedCallsLetIn, DutyControl.LineIdentityVerified, DutyControl.LinesPerPerson, DutyControl.IotCardsUsedForVoice,
        DutyControl.AccountIdentityVerified, DutyControl.DebitCardsPerPerson, DutyControl.DormantAccountsSuspended, DutyControl.PassThrough,
        DutyControl.PoolReferenceGiven, DutyControl.StopAcknowledged, DutyControl.EnquiryAnswered, DutyControl.ReturnInTime,
        DutyControl.SellerMeasuresBounded, DutyControl.RestrictionsExplained,
        DutyControl.SuspectAccountsRestricted, DutyControl.UnfrozenInTime, DutyControl.AppealChannelKept, DutyControl.VictimsDissuaded, DutyControl.LeadFeedback,
    ]);
}
