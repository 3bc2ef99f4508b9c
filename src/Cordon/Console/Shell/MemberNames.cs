using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.WebConsole.Shell;

/// <summary>The register of members as the console names them; loaded when a page opens.</summary>
/// <param name="register">The register.</param>
public sealed class MemberNames(MemberRegister register)
{
    private Dictionary<MemberCode, Member> members = [];
    private Dictionary<string, Agent> agents = [];

    /// <summary>All members by sector, then code.</summary>
    public IReadOnlyCollection<Member> All => members.Values;

    /// <summary>Reads the register again.</summary>
    public async Task LoadAsync()
    {
        members = (await register.ListAsync()).ToDictionary(m => m.Code);
        agents = members.Values.SelectMany(m => m.Agents).DistinctBy(a => a.Code).ToDictionary(a => a.Code);
    }

    /// <summary>One member; null where the register does not know the code.</summary>
    public Member? Find(MemberCode code) => members.GetValueOrDefault(code);

    /// <summary>The name of a branch or reseller; its code where no member told of it.</summary>
    public string AgentName(string code) => agents.TryGetValue(code, out var agent) ? agent.Name : code;
}
