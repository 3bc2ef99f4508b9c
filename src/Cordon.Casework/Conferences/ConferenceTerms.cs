using System.Globalization;
using Cordon.Casework.Packs;

namespace Cordon.Casework.Conferences;

/// <summary>The rules by which a conference decides.</summary>
/// <param name="NoticeDays">It is convened so many days before it sits, unless it is urgent for a reason.</param>
/// <param name="QuorumPercent">So much of those who may vote on an item must have voted, abstaining included.</param>
/// <param name="MajorityPercent">More than so much of the votes for and against must be for it.</param>
public sealed record ConferenceTerms(int NoticeDays, int QuorumPercent, int MajorityPercent)
{
    private const int MostBytes = 1 << 16;

    /// <summary>The rules where the pack has none: seven days, half, more than half. Ours.</summary>
    public static ConferenceTerms Usual { get; } = new(7, 50, 50);

    /// <summary>Reads the rules of a pack; the usual ones where there is no file.</summary>
    /// <exception cref="InvalidDataException">The file is none; the message tells all that is wrong, with lines.</exception>
    public static ConferenceTerms Load(string? path)
    {
        if (path is null || new FileInfo(path) is not { Exists: true } file) return Usual;
        if (file.Length > MostBytes) throw new InvalidDataException($"{path} is larger than 64 KB.");
        var faults = new PackFaults(file.Name);
        return Read(File.ReadAllText(path), faults) ?? throw new InvalidDataException(
            $"{path} holds no rules of conferences: {string.Join("; ", faults.Found.Select(f => string.Create(CultureInfo.InvariantCulture, $"line {f.Line}: {f.Message}")))}");
    }

    /// <summary>Reads the rules. Every number wants its source.</summary>
    internal static ConferenceTerms? Read(string yaml, PackFaults faults)
    {
        if (PackText.Load(yaml, faults) is not { } root || PackMap.From(root, "", faults, "conference", "instruments", "notice", "quorum", "majority") is not { } map) return null;
        var sources = new PackSources();
        if (map.Has("instruments")) sources.ReadInstruments(map);
        map.Text("conference");
        var terms = new ConferenceTerms(Number("notice", "days", 0, 60), Number("quorum", "percent", 1, 100), Number("majority", "percent", 50, 99));
        return faults.Found.Count == 0 ? terms : null;

        int Number(string key, string unit, long least, long most)
        {
            if (map.Map(key, unit, "source") is not { } of) return 0;
            sources.Read(of);
            return (int)(of.Whole(unit, least, most) ?? 0);
        }
    }
}
