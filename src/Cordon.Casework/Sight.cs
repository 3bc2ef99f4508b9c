using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework;

/// <summary>Who sees what of responsibility: controls, findings, rectifications, evaluations, objectives.</summary>
internal static class Sight
{
    /// <summary>The centre, auditors and regulators see all.</summary>
    public static bool SeesAll(Actor actor) => actor.SeesAll || actor.Is(Roles.Auditor) || (actor.Is(Roles.Regulator) && actor.Member is not null);

    /// <summary>A member sees its own.</summary>
    public static bool Sees(Actor actor, MemberCode? member) => SeesAll(actor) || (member is not null && actor.Member == member);
}
