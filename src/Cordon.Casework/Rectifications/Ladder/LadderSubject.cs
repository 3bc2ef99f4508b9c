using System.Diagnostics.CodeAnalysis;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rectifications.Ladder;

/// <summary>What kind of thing stands on the ladder.</summary>
public enum LadderSubjectKind
{
    /// <summary>A member.</summary>
    Member,

    /// <summary>A region; its government answers for it.</summary>
    Region,
}

/// <summary>Who stands on the ladder: a member, or a region with its government.</summary>
/// <param name="Kind">Which of both.</param>
/// <param name="Code">The member's or the region's code.</param>
public sealed record LadderSubject(LadderSubjectKind Kind, string Code)
{
    private const string MemberPrefix = "member:";
    private const string RegionPrefix = "region:";
    private const int MostRegion = 12;

    /// <summary>A member.</summary>
    public static LadderSubject Of(MemberCode member) => new(LadderSubjectKind.Member, member.ToString());

    /// <summary>Reads <c>member:bank-a</c> or <c>region:330100</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out LadderSubject? subject)
    {
        subject = null;
        if (text is null) return false;
        if (text.StartsWith(MemberPrefix, StringComparison.Ordinal) && MemberCode.TryParse(text.AsSpan(MemberPrefix.Length), out var member)) subject = Of(member);
        else if (text.StartsWith(RegionPrefix, StringComparison.Ordinal) && text[RegionPrefix.Length..] is { Length: >= 1 and <= MostRegion } code && code.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            subject = new LadderSubject(LadderSubjectKind.Region, code);
        return subject is not null;
    }

    /// <summary><c>member:bank-a</c> or <c>region:330100</c>.</summary>
    public override string ToString() => (Kind == LadderSubjectKind.Member ? MemberPrefix : RegionPrefix) + Code;

    internal static LadderSubject Parse(string text) => TryParse(text, out var subject) ? subject : throw new FormatException($"'{text}' is no subject of the ladder.");
}
