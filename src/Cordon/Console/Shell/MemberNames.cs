using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.WebConsole.Shell;

/// <summary>The register of members as the console names them; loaded when a page opens.</summary>
/// <param name="register">The register.</param>
public sealed class MemberNames(MemberRegister register)
{
    private Dictionary<MemberCode, Member> members = [];

    /// <summary>All members by sector, then code.</summary>
    public IReadOnlyCollection<Member> All => members.Values;

    /// <summary>Reads the register again.</summary>
    public async Task LoadAsync() => members = (await register.ListAsync()).ToDictionary(m => m.Code);

    /// <summary>One member; null where the register does not know the code.</summary>
    public Member? Find(MemberCode code) => members.GetValueOrDefault(code);
}
