using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cordon.Casework.Members;

/// <summary>Adds members, their keys and people to the program.</summary>
public static class MembersModule
{
    /// <summary>Adds the façades.</summary>
    public static IServiceCollection AddMembers(this IServiceCollection services) => services
        .AddSingleton<RegionRegister>()
        .AddSingleton<MemberRegister>()
        .AddSingleton<ApiKeyRegister>()
        .AddSingleton<PeopleRegister>()
        .AddSingleton<SignInLog>()
        .AddSingleton<SetupLinks>();

    /// <summary>Maps the endpoints.</summary>
    public static void MapMembers(this RouteGroupBuilder api)
    {
        RegionEndpoints.Map(api);
        MemberEndpoints.Map(api);
        PeopleEndpoints.Map(api);
    }
}
